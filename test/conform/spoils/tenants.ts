/** Records of people who live there. */
import type { Rig } from '../../../src/conform/rig.ts';
import { cannotReadNotes, findsNobody, notesMore, type Spoiled } from './shared.ts';

/** Whoever waits is let through, named or not. */
const letsAnybody = ({ command, states }: Rig): Partial<Rig> => ({
  async command(name, args) {
    if (name !== 'approve') return await command(name, args);
    const tenantIds = (await states()).map(({ tenantId }) => tenantId);
    return await command(name, { ...args, tenantIds });
  },
});

export const tenantsSpoils: Record<string, Spoiled> = {
  'an applicant who becomes a tenant there is found, and no tenant is made': [
    'finds nobody',
    'It was not found',
    { ...findsNobody, on: 'odoo' },
  ],
  'a tenant who is not there is not made unless the landlord says that tenants are': [
    'makes tenants unasked',
    'A tenant was made',
    { on: 'odoo', config: { create: 'tenant' } },
  ],
  'a tenant is made only where a person lets this one, and once': [
    'lets anybody through',
    'whom nobody named',
    { on: 'odoo', rig: letsAnybody },
  ],
  'a tenant whose making nobody heard of is made once': [
    'finds nobody',
    'It is not in line',
    { ...findsNobody, on: 'directus' },
  ],
  "a field that staff edited on a tenant's record stays theirs, and a person is asked": [
    'writes over it',
    'What staff had entered is gone',
    { on: 'odoo', config: { fields: { phone: { owner: 'boom' } } } },
  ],
  "a tenant's record is given no outcome of an application": [
    'says an outcome with each note',
    'A note says an outcome',
    notesMore('Declined.', 'odoo'),
  ],
  "a tenant's rent reporting is one short note where staff alone read notes, and gives no reason": [
    'cannot read its own notes',
    'notes say both',
    { ...cannotReadNotes, on: 'odoo' },
  ],
};
