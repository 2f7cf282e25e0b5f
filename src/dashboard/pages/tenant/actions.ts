/** What can be done about one tenant. What needs a person is answered by the actions of that page. */
import { z } from 'zod';
import type { Refused } from '../../../operate/command.ts';
import type { CorrectionResult } from '../../../operate/correct.ts';
import {
  anotherPerson,
  bothOne,
  type Said as Correction,
  correctionOf,
  heldBy,
  onePerson,
} from '../../../operate/tenant-events.ts';
import type { UndoResult } from '../../../operate/undo.ts';
import { compareTenantIds } from '../../../project/identity.ts';
import { isQuiet } from '../../../store/sync-answers.ts';
import { type Action, type At, action, type Said } from '../../contract.ts';
import { whole } from '../../forms.ts';
import { forgetActions } from './forget-actions.ts';
import { refusal } from './refusal.ts';

const oneTenant = z.object({ tenantId: z.string() });

export const tenantActions: readonly Action[] = [
  action({
    name: 'tenant_retry',
    role: 'helper',
    about: 'Looks at every record of this tenant again, sends what may be sent, and ends a hold',
    input: oneTenant,
    async run({ tenantId }, at) {
      const answer = await at.commands.run('retry', { tenantIds: [tenantId] });
      return refusal(answer, at) ?? (await standing(tenantId, at));
    },
  }),
  action({
    name: 'tenant_hold',
    role: 'helper',
    about: 'Sends nothing more of this tenant until tenant_retry',
    input: oneTenant,
    async run({ tenantId }, at) {
      const answer = await at.commands.run('hold', { tenantId });
      return refusal(answer, at) ?? { ok: true, text: at.words.tenant.heldNow };
    },
  }),
  action({
    name: 'tenant_link',
    role: 'owner',
    about: 'Says that what only name, e-mail and phone join is one person',
    input: oneTenant,
    run: ({ tenantId }, at) => sayOfWeakJoin(tenantId, onePerson, at),
  }),
  action({
    name: 'tenant_unlink',
    role: 'owner',
    about: 'Says that what only name, e-mail and phone join is another person’s',
    input: oneTenant,
    run: ({ tenantId }, at) => sayOfWeakJoin(tenantId, anotherPerson, at),
  }),
  action({
    name: 'tenant_merge',
    role: 'owner',
    about: 'Says that two tenants are one person; the older one stays',
    input: z.object({ tenantId: z.string(), otherId: z.string() }),
    async run({ tenantId, otherId }, at) {
      const { stores, words } = at;
      const one = await heldBy(stores, tenantId);
      const other = await heldBy(stores, otherId);
      if (one === null || other === null) return { ok: false, text: words.tenant.gone };
      if (one.record.id === other.record.id) return { ok: false, text: words.tenant.sameAlready };
      if (one.record.account !== other.record.account) return { ok: false, text: words.tenant.otherAccount };
      const [older = tenantId] = [one.record.id, other.record.id].sort(compareTenantIds);
      const said = await say(bothOne(one, other), words.tenant.merged, at);
      return said.ok ? { ...said, to: `/tenants/${encodeURIComponent(older)}` } : said;
    },
  }),
  action({
    name: 'tenant_undo',
    role: 'owner',
    about: 'Takes one write back where nobody has edited it since, and holds its record',
    input: z.object({ tenantId: z.string(), attemptId: whole.positive() }),
    async run({ tenantId, attemptId }, at) {
      const { tenant } = at.words;
      const attempt = await at.stores.attempts.get(attemptId);
      const row = await at.stores.tenants.get(tenantId);
      if (attempt === null || attempt.tenantId !== row?.record.id) return { ok: false, text: tenant.gone };
      const asked = { attemptIds: [attemptId], since: null, connection: null, dryRun: false };
      const answer = (await at.commands.run('undo', asked)) as UndoResult | Refused;
      if ('error' in answer) return { ok: false, text: answer.error };
      const whole = answer.writes.every(({ result }) => result === 'done');
      const why = answer.writes.flatMap(({ remedy, message }) => remedy ?? message ?? []);
      return {
        ok: whole,
        text: whole ? tenant.undone : tenant.undoneInPart,
        ...(why.length > 0 ? { remedy: why.join(' ') } : {}),
      };
    },
  }),
  ...forgetActions,
];

async function sayOfWeakJoin(
  tenantId: string,
  what: (held: NonNullable<Awaited<ReturnType<typeof heldBy>>>) => Correction,
  at: At,
): Promise<Said> {
  const { stores, words } = at;
  const held = await heldBy(stores, tenantId);
  if (held === null) return { ok: false, text: words.tenant.gone };
  if (!held.record.weaklyJoined) return { ok: false, text: words.tenant.sameAlready };
  return await say(what(held), words.tenant.linked, at);
}

async function say(correction: Correction, done: string, at: At): Promise<Said> {
  const answer = (await at.commands.run('correct', correctionOf(correction))) as
    | { correction: CorrectionResult }
    | Refused;
  if ('error' in answer) return refusal(answer, at) as Said;
  if (answer.correction.status === 'projected') return { ok: true, text: done };
  return { ok: false, text: at.words.tenant.notDone, remedy: answer.correction.detail ?? '' };
}

/** How their records stand by now. */
async function standing(tenantId: string, { stores, connections, now, words }: At): Promise<Said> {
  const { sentAgain, gone } = words.tenant;
  const row = await stores.tenants.get(tenantId);
  if (row === null) return { ok: false, text: gone };
  const names = new Set(connections().map(({ name }) => name));
  const states = (await stores.sync.states([row.record.id])).filter(({ connection }) =>
    names.has(connection),
  );
  const at = now().toISOString();
  if (states.some((state) => state.state === 'parked' && !isQuiet(state, at)))
    return { ok: false, text: sentAgain.open };
  const moving = states.some(({ state }) => state !== 'synced' && state !== 'skipped' && state !== 'parked');
  return { ok: true, text: moving ? sentAgain.moving : sentAgain.well };
}
