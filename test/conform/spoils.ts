/** For every case of the suite something spoiled that it must find. */
import { createSpoils } from './spoils/create.ts';
import { decisionsSpoils } from './spoils/decisions.ts';
import { fieldsSpoils } from './spoils/fields.ts';
import { harmSpoils } from './spoils/harm.ts';
import type { Spoiled } from './spoils/shared.ts';
import { tenantsSpoils } from './spoils/tenants.ts';
import { troubleSpoils } from './spoils/trouble.ts';
import { undoSpoils } from './spoils/undo.ts';

export const SPOILS: Record<string, Spoiled> = {
  ...createSpoils,
  ...fieldsSpoils,
  ...decisionsSpoils,
  ...tenantsSpoils,
  ...harmSpoils,
  ...undoSpoils,
  ...troubleSpoils,
};
