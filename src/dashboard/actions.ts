/** Everything that a person can do on a page, or a script through the API. */
import type { Action } from './contract.ts';
import { connectionActions } from './pages/connection/actions.ts';
import { eventActions } from './pages/events/actions.ts';
import { needsYouActions } from './pages/needs-you/actions.ts';
import { revealReporting } from './pages/reporting/person.tsx';
import { settingsActions } from './pages/settings/actions.ts';
import { setupActions } from './pages/setup/actions.ts';
import { connectionSetupActions } from './pages/setup/connection-actions.ts';
import { unitActions } from './pages/setup/units-actions.ts';
import { tenantActions } from './pages/tenant/actions.ts';
import { findPeople } from './searches.ts';
import { SIGN_IN_ACTIONS } from './sign-in/actions.ts';

export const ACTIONS: readonly Action[] = [
  findPeople,
  ...needsYouActions,
  ...tenantActions,
  ...eventActions,
  revealReporting,
  ...connectionActions,
  ...setupActions,
  ...connectionSetupActions,
  ...unitActions,
  ...settingsActions,
  ...SIGN_IN_ACTIONS,
];
