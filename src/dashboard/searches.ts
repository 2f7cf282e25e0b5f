/**
 * What somebody looks for names a person, and an address with it would stand in the browser's history and in the log of
 * every proxy. It is sent with a form, and the address holds a key to it.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { action, type Who } from './contract.ts';
import { optional } from './forms.ts';

const KEPT_MS = 8 * 60 * 60_000;
const MOST = 2_000;
const LONGEST_TEXT = 200;

interface Search {
  who: string;
  text: string;
  until: number;
}

const searches = new Map<string, Search>();
const nameOf = (who: Who) => who.session?.id ?? `script ${who.name}`;

/** Returns the key. */
export function keepSearch(who: Who, text: string, now: Date): string {
  const key = randomBytes(12).toString('base64url');
  searches.set(key, { who: nameOf(who), text: text.slice(0, LONGEST_TEXT), until: now.getTime() + KEPT_MS });
  for (const [old, { until }] of searches)
    if (until < now.getTime() || searches.size > MOST) searches.delete(old);
  return key;
}

/** Empty where it is not kept any more, or was somebody else's. */
export function searchOf(who: Who, key: string | null | undefined, now: Date): string {
  const search = key == null ? undefined : searches.get(key);
  return search !== undefined && search.who === nameOf(who) && search.until >= now.getTime()
    ? search.text
    : '';
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
    if (q) query.set('found', keepSearch(who, q, now()));
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
