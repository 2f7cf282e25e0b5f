/** What is done on the pages of settings; who may sign in is in src/dashboard/sign-in. */
import type { Action } from '../../contract.ts';
import { alertActions } from './alerts-actions.ts';
import { backupActions } from './backup-actions.ts';

export const settingsActions: readonly Action[] = [...alertActions, ...backupActions];
