/** Every page, in the order of the API's document. */
import type { Page } from './contract.ts';
import { connectionPage } from './pages/connection/page.tsx';
import { connectionPreviewPage } from './pages/connection/preview-page.tsx';
import { connectionsPage } from './pages/connections/page.tsx';
import { eventPage } from './pages/event/page.tsx';
import { eventsPage } from './pages/events/page.tsx';
import { alikePage } from './pages/needs-you/alike-page.tsx';
import { fieldPage } from './pages/needs-you/field-page.tsx';
import { needsYouPage } from './pages/needs-you/page.tsx';
import { recordPage } from './pages/needs-you/record-page.tsx';
import { typedUnitsPage } from './pages/needs-you/units-page.tsx';
import { overviewPage } from './pages/overview/page.tsx';
import { reportingPage } from './pages/reporting/page.tsx';
import { reportingPersonPage } from './pages/reporting/person.tsx';
import { SETTINGS_PAGES } from './pages/settings/pages.ts';
import { chooseConnectorPage } from './pages/setup/choose-page.tsx';
import { filePage } from './pages/setup/file-page.tsx';
import { keyPage } from './pages/setup/key-page.tsx';
import { nameConnectionPage } from './pages/setup/name-page.tsx';
import { setupPage } from './pages/setup/page.tsx';
import { unitsPage } from './pages/setup/units-page.tsx';
import { forgetPage } from './pages/tenant/forget.tsx';
import { mergePage } from './pages/tenant/merge.tsx';
import { tenantPage } from './pages/tenant/page.tsx';
import { undoPage } from './pages/tenant/undo.tsx';
import { tenantsPage } from './pages/tenants/page.tsx';

export const PAGES: readonly Page[] = [
  overviewPage,
  needsYouPage,
  alikePage,
  recordPage,
  typedUnitsPage,
  fieldPage,
  tenantsPage,
  tenantPage,
  undoPage,
  mergePage,
  forgetPage,
  reportingPage,
  reportingPersonPage,
  eventsPage,
  eventPage,
  connectionsPage,
  connectionPage,
  connectionPreviewPage,
  setupPage,
  chooseConnectorPage,
  nameConnectionPage,
  keyPage,
  filePage,
  unitsPage,
  ...SETTINGS_PAGES,
];
