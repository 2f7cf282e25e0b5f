/** Removing somebody, and keeping somebody whom a dispute is about. */
import { z } from 'zod';
import { type Action, action } from '../../contract.ts';
import { ticked } from '../../forms.ts';
import { refusal } from './refusal.ts';

const oneTenant = z.object({ tenantId: z.string() });

export const forgetActions: readonly Action[] = [
  action({
    name: 'tenant_forget',
    role: 'owner',
    about: 'Removes all that is kept of somebody; `typed` is their number, said once more',
    input: oneTenant.extend({ typed: z.string(), backups: ticked }),
    async run({ tenantId, typed, backups }, at) {
      const { page } = at.words.forget;
      if (typed.trim().toLowerCase() !== tenantId.toLowerCase())
        return { ok: false, text: page.notTyped(tenantId) };
      const answer = await at.commands.run('forget', { tenantId, backups, who: at.who.name });
      const refused = refusal(answer, at);
      return refused ?? { ok: true, text: page.done(tenantId), to: '/tenants' };
    },
  }),
  action({
    name: 'tenant_keep',
    role: 'owner',
    about: 'Keeps all of somebody: neither retention nor anybody removes anything',
    input: oneTenant,
    async run({ tenantId }, at) {
      const answer = await at.commands.run('legal_hold', { tenantId, reason: null, who: at.who.name });
      return refusal(answer, at) ?? { ok: true, text: at.words.forget.hold.done(tenantId) };
    },
  }),
  action({
    name: 'tenant_keep_end',
    role: 'owner',
    about: 'Ends tenant_keep',
    input: oneTenant,
    async run({ tenantId }, at) {
      const answer = await at.commands.run('legal_release', { tenantId, reason: null, who: at.who.name });
      return refusal(answer, at) ?? { ok: true, text: at.words.forget.hold.released(tenantId) };
    },
  }),
];
