import { describe, expect, it } from 'vitest';
import { meaningsOf } from '../../src/connect/field-meaning.ts';
import { english } from '../../src/words/en/english.ts';
import { SHIPPED, shippedManifest } from './shipped.ts';
import { connectionOf } from './support.ts';

const meaning = (expression: string) => meaningsOf([new Map([['Field', expression]])]).get('Field') ?? null;

/** What lists of ours hold that no PMS has; a screen shows their own names. */
const NAMELESS: ReadonlySet<string> = new Set([
  'rent-roll link',
  'rent-roll last_reported_month',
  'rent-roll boom_customer_id',
  'rent-roll status',
  'odoo application',
  'checklist unit',
]);

describe('what of Boom’s a field carries', () => {
  it.each([
    ['person.firstName', 'firstName'],
    ['$length(person.phone) = 12 ? "(" & $substring(person.phone, 2, 3) : person.phone', 'phone'],
    ['$join([person.firstName, person.lastName], " ")', 'name'],
    ['$substringBefore(unitId, "/")', 'unitId'],
    ['unit.property.name', 'property'],
  ])('%s', (expression, expected) => expect(meaning(expression)).toBe(expected));

  it.each([
    ['several things', 'person.email & person.phone'],
    ['nothing of a person', '"person.phone"'],
    ['a path that only ends alike', 'tenant.person.email'],
    ['one that goes on', 'person.email.domain'],
  ])('has no name where it carries %s', (_what, expression) => expect(meaning(expression)).toBeNull());

  it('is nobody’s where two fields of one kind carry the same', () => {
    const both = new Map([
      ['Home', 'person.phone'],
      ['Mobile', 'person.phone'],
    ]);
    expect(meaningsOf([both]).size).toBe(0);
    const other = [new Map([['Status', 'residency.status']]), new Map([['Status', 'application.leasing']])];
    expect(meaningsOf(other).size).toBe(0);
    expect(
      meaningsOf([new Map([['Home', 'person.phone']]), new Map([['Mobile', 'person.phone']])]).size,
    ).toBe(2);
  });

  // What a webhook of one's own is sent has the names that its receiver's program reads.
  it.each(SHIPPED.filter((id) => id !== 'webhook'))('gives the fields of %s words', (id) => {
    const kinds = Object.values(shippedManifest(id).kinds);
    const known = meaningsOf(
      kinds.map(({ fields }) => new Map(Object.entries(fields).map(([name, { from }]) => [name, from]))),
    );
    const without = kinds.flatMap(({ fields }) => Object.keys(fields)).filter((name) => !known.has(name));
    expect(without.filter((name) => !NAMELESS.has(`${id} ${name}`))).toEqual([]);
    for (const one of known.values()) expect(english.fields[one]).toMatch(/^[A-Z]/);
  });

  it('goes by the landlord’s own expression before the manifest’s', async () => {
    const own = { fields: { Email: { from: 'person.phone' } } };
    expect((await connectionOf({})).meaningOf('Email')).toBe('email');
    expect((await connectionOf({ ...own, connector: 'buildium' })).meaningOf('Email')).toBeNull();
    expect((await connectionOf({})).meaningOf('Never')).toBeNull();
  });
});
