/** The pages of settings, in the order of the API's document. */
import type { Page } from '../../contract.ts';
import { aboutPage } from './about-page.tsx';
import { alertAddPage } from './alert-add-page.tsx';
import { alertChangePage, alertRemovePage } from './alert-change-page.tsx';
import { alertsPage } from './alerts-page.tsx';
import { backupPage } from './backup-page.tsx';
import { keysPage } from './keys-page.tsx';
import { logPage } from './log-page.tsx';
import { settingsPage } from './page.tsx';
import { peoplePage } from './people-page.tsx';

export const SETTINGS_PAGES: readonly Page[] = [
  settingsPage,
  alertsPage,
  alertAddPage,
  alertChangePage,
  alertRemovePage,
  backupPage,
  peoplePage,
  keysPage,
  logPage,
  aboutPage,
];
