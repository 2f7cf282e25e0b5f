/**
 * What somebody looks for names a person, and an address with it would stand in the browser's history and in the log of
 * every proxy. It is sent with a form, and the address holds a key to it.
 */
import { z } from 'zod';
import { action, type Who } from './contract.ts';
import { optional } from './forms.ts';
import { KeptForWho } from './kept.ts';

const LONGEST_TEXT = 200;

const searches = new KeptForWho<string>(8 * 60 * 60_000, 2_000);

/** Empty where it is not kept any more, or was somebody else's. */
export function searchOf(who: Who, key: string | null | undefined, now: Date): string {
  return key == null ? '' : (searches.get(who, key, now) ?? '');
}

/** The other fields of the form go into the address as they are. */
const OTHERS = ['stage', 'connection', 'standing'] as const;

export const findPeople = action({
  name: 'find_people',
  role: 'helper',
  about: 'Looks for people; `to` is the page that lists them, with a key in the place of what was looked for',
  input: z.object({
    q: optional.optional(),
    stage: optional.optional(),
    connection: optional.optional(),
    standing: optional.optional(),
    /** For whom another entry is looked for; absent: the list of everybody. */
    tenantId: optional.optional(),
  }),
  async run({ q, tenantId, ...others }, { who, now, words }) {
    const query = new URLSearchParams();
    if (q) query.set('found', searches.keep(who, q.slice(0, LONGEST_TEXT), now()));
    for (const name of OTHERS) if (others[name]) query.set(name, others[name]);
    const path = tenantId ? `/tenants/${encodeURIComponent(tenantId)}/merge` : '/tenants';
    return {
      ok: true,
      text: words.tenants.searched,
      quiet: true,
      to: query.size === 0 ? path : `${path}?${query}`,
    };
  },
});
