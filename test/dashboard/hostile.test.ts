/** Text that would be a program, in every field of every event, on every page that shows it, and in the files. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_NAMES } from '../../src/boom/events.ts';
import { sampleOf } from '../../src/boom/samples.ts';
import { type Landlord, startLandlord } from '../support/landlord.ts';
import { UNITS } from '../support/oak.ts';
import { type SignedIn, signedIn } from '../support/signed-in.ts';

/** Breaks out of text, of an attribute, and of a script. */
const EVIL = `"'</script><img src=x onerror=alert(1)>`;

/** By these a message is what it is; with other ones it is of no kind that we know, which is sent as well. */
const KINDS: ReadonlySet<string> = new Set(['event', 'event_type', 'request_id']);

/** Where text stands in a body: the path of each. */
function texts(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value === 'string') return KINDS.has(path.at(-1) ?? '') ? [] : [[...path]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => texts(part, [...path, key]));
}

function withEvilAt(body: object, paths: readonly (readonly string[])[]): object {
  const copy = structuredClone(body) as Record<string, unknown>;
  for (const path of paths) {
    let at = copy;
    for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
    at[path.at(-1) ?? ''] = EVIL;
  }
  return copy;
}

/** One message for each text of each event, and one with all of them. */
function hostileMessages(): object[] {
  return EVENT_NAMES.flatMap((event) => {
    const paths = texts(sampleOf(event));
    return [...paths.map((path) => [path]), paths].map((at) => withEvilAt(sampleOf(event), at));
  });
}

let landlord: Landlord;
let person: SignedIn;
let sent = 0;

beforeAll(async () => {
  landlord = await startLandlord({ oak: UNITS, keep: true, withoutLimit: true });
  const messages = [...hostileMessages(), { event: EVIL, first_name: EVIL }];
  sent = messages.length;
  await landlord.tell(...messages);
  person = await signedIn(landlord);
}, 120_000);

afterAll(() => landlord.stop());

/** Every address that the pages lead to from here, of each kind so many. */
async function pagesAround(start: readonly string[], each: number): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  const kinds = new Map<string, number>();
  const open = [...start];
  for (const link of open) {
    const kind = link.replace(/\?.*$/, '').replace(/\/(t?\d+|[\w-]{20,})(?=\/|$)/g, '/:id');
    if (pages.has(link) || (kinds.get(kind) ?? 0) >= each) continue;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const { status, text } = await person.get(link);
    if (status !== 200) continue;
    pages.set(link, text);
    for (const [, href = ''] of text.matchAll(/ href="(\/[^"#]*)/g)) open.push(href.replaceAll('&amp;', '&'));
  }
  return pages;
}

describe('text that would be a program', () => {
  it('is taken in every field of every event', async () => {
    expect(sent).toBeGreaterThan(300);
    const { total } = (await person.api('events')).json as { total: number };
    expect(total).toBe(sent);
  });

  it('is text on every page that shows it', async () => {
    const pages = await pagesAround(
      ['/', '/needs-you', '/tenants', '/reporting', '/connections', '/events'],
      12,
    );
    const shown = [...pages].filter(([, text]) => text.includes('&lt;img src=x onerror'));
    expect(shown.length).toBeGreaterThan(20);
    for (const [link, text] of pages) {
      expect(text, link).not.toMatch(/<img|javascript:/i);
      // Within a tag no text of theirs may end its attribute.
      expect(text, link).not.toMatch(/<[^>]* onerror=/i);
    }
  }, 60_000);

  it('is text in the API’s answers and in the files', async () => {
    const { json } = await person.api('tenants');
    expect(JSON.stringify(json)).toContain('onerror');
    const [, ...rows] = parse(landlord.read('data/applicants.csv')) as string[][];
    expect(rows.flat()).toContain(EVIL);
    expect(rows.every(({ length }) => length === rows[0]?.length)).toBe(true);
  });
});
