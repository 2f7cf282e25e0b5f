/** No kind of item without a remedy: every cause under which a record can be parked is drawn, and its buttons looked at. */
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../src/dashboard/actions.ts';
import type { Frame } from '../../src/dashboard/contract.ts';
import { bulkForm } from '../../src/dashboard/pages/needs-you/bulk.tsx';
import { answersOf, type NeedItem } from '../../src/dashboard/pages/needs-you/item.ts';
import { ItemCard } from '../../src/dashboard/pages/needs-you/item-card.tsx';
import { PAGES } from '../../src/dashboard/pages.ts';
import { PARKED_CAUSES } from '../../src/operate/remedies.ts';
import { english } from '../../src/words/en/english.ts';
import { formsIn, linksIn } from './forms-in.ts';

const AT = '2026-11-23T12:00:00.000Z';
const actions = new Set(ACTIONS.map(({ name }) => `/do/${name}`));
const paths = PAGES.map(({ path }) => new RegExp(`^${path.replace(/:\w+/g, '[^/?]+')}(\\?.*)?$`));

/** Of a record with two fields in question and two that fit. */
function itemOf(cause: string): NeedItem {
  const field = { boom: 'a', pushed: 'b', there: 'c', does: 'ask' as const };
  return {
    tenantId: 't1',
    connection: 'oak',
    kind: 'applicant',
    place: 'p1',
    token: `t1/oak/applicant/p1/${cause}`,
    cause,
    label: 'Buildium',
    who: 'Ana Ruiz',
    unit: '4B',
    since: AT,
    seen: 2,
    message: 'What was said',
    remedy: 'What to do',
    remoteId: null,
    fields: [
      { field: 'Email', ...field },
      { field: 'Phone', ...field },
    ],
    named: ['Email', 'Phone'],
    needed: [],
    creates: false,
    tasks: [],
    candidates: 2,
    listsUnits: true,
    answers: [...answersOf(cause)],
    quiet: null,
  };
}

function drawn(cause: string, role: 'owner' | 'helper') {
  const item = itemOf(cause);
  const who = { name: 'Test', role, key: null, session: null };
  const frame = {
    words: english,
    who,
    timezone: 'UTC',
    fieldName: (_: string, field: string) => field,
    now: new Date(AT),
    here: '/needs-you',
  };
  const html = render(h(ItemCard, { item, frame: frame as unknown as Frame, bulk: bulkForm(item) }));
  const links = linksIn(html).filter(({ href }) => !href.startsWith('/tenants/'));
  return { html, forms: formsIn(html), links };
}

describe.each(Object.keys(PARKED_CAUSES))('an item that is parked as %s', (cause) => {
  it('has words of its own', () => {
    expect(Object.keys(english.needsYou.causes)).toContain(cause);
  });

  it('has a remedy besides saying nothing of it', () => {
    const { forms, links } = drawn(cause, 'owner');
    const remedies = [...forms.map(({ action }) => action), ...links.map(({ href }) => href)];
    expect(remedies.filter((one) => one !== '/do/needs_quiet')).not.toEqual([]);
  });

  it('has buttons and links that lead somewhere', () => {
    const { forms, links } = drawn(cause, 'owner');
    for (const { action } of forms) expect(actions).toContain(action);
    for (const { href } of links)
      expect(
        paths.some((path) => path.test(href)),
        href,
      ).toBe(true);
  });

  it('names whom each button is about', () => {
    const { forms, links } = drawn(cause, 'owner');
    for (const { name } of [...forms.flatMap(({ buttons }) => buttons), ...links])
      expect(name).toContain('Ana Ruiz');
  });

  it('gives a helper no button that only an owner may press', () => {
    const { forms } = drawn(cause, 'helper');
    const owners = ACTIONS.filter(({ role }) => role === 'owner').map(({ name }) => `/do/${name}`);
    expect(forms.map(({ action }) => action).filter((action) => owners.includes(action))).toEqual([]);
  });
});
