import { describe, expect, it } from 'vitest';
import { ACTIVITY_TYPES } from '../../../src/boom/activity.ts';
import * as objects from '../../../src/boom/api/objects.ts';
import type { Field, Shape } from '../../../src/boom/api/pick.ts';
import { removeDenied } from '../../../src/boom/denied.ts';
import { readFresh } from '../../../src/boom/fresh.ts';
import { loadParsePhone } from '../../../src/boom/phone.ts';

const SHAPES = Object.entries(objects) as [string, Shape][];

/** An object with every field of a shape. */
function filled(field: Field): unknown {
  if (typeof field === 'string') return 'x';
  if (Array.isArray(field)) return field.map(filled);
  return Object.fromEntries(Object.entries(field).map(([name, inner]) => [name, filled(inner)]));
}

it('knows the shapes', () => {
  expect(SHAPES.map(([name]) => name).sort()).toEqual([
    'ACTIVITY',
    'APPLICATION',
    'CUSTOMER',
    'ENROLLMENT',
    'IDENTITY_VERIFICATION',
    'ISSUE',
    'LEAD',
    'UNIT',
  ]);
});

it.each(SHAPES)('%s lists no field that must never be stored', (_, shape) => {
  const whole = filled(shape) as object;
  expect(removeDenied(whole)).toEqual({ body: whole, removed: false });
});

type Thing = Record<string, unknown>;
type Path = readonly string[];

/** What the reads of this program hold, each made of the shapes as src/read/objects.ts makes it. */
const { APPLICATION, LEAD, CUSTOMER, ENROLLMENT, ISSUE, UNIT, ACTIVITY, IDENTITY_VERIFICATION } = objects;
const READS: [string, Shape][] = [
  ['application_read', { ...APPLICATION, unit: UNIT }],
  ['lead_read', { ...LEAD, identity_verifications: [IDENTITY_VERIFICATION] }],
  ['customer_read', CUSTOMER],
  ['enrollment_read', ENROLLMENT],
  ['issues_read', { customer_id: 'id', issues: [ISSUE] }],
  ['activity_read', ACTIVITY],
];

function pathsOf(shape: Shape): Path[] {
  return Object.entries(shape).flatMap(([name, field]) => {
    const inner = Array.isArray(field) ? field[0] : field;
    return typeof inner === 'string' ? [[name]] : pathsOf(inner).map((path) => [name, ...path]);
  });
}

/** Something that a field of this name may hold, another for each `nth`. */
function plausible(name: string, nth: number): unknown {
  if (/_(at|date|month)$/.test(name)) return `2026-0${nth + 3}-01T12:00:00.000Z`;
  if (name === 'email') return `person${nth}@example.com`;
  if (name === 'phone') return `+1512555014${nth}`;
  if (name === 'cents') return 185_000 + nth;
  if (name === 'currency') return 'CAD';
  if (/ids$/.test(name)) return [`${name}-${nth}`];
  return `${name.replaceAll('_', '-')}-${nth}`;
}

/** Every field but those of `without`, two of each list. */
function exampleOf(shape: Shape, without: (path: Path) => boolean, at: Path = [], nth = 0): Thing {
  const example: Thing = {};
  for (const [name, field] of Object.entries(shape)) {
    const path = [...at, name];
    const inner = Array.isArray(field) ? field[0] : field;
    if (typeof inner === 'string') {
      if (!without(path)) example[name] = plausible(name, nth);
    } else {
      const each = (n: number) => exampleOf(inner, without, path, n);
      example[name] = Array.isArray(field) ? [each(0), each(1)] : each(nth);
    }
  }
  return example;
}

const parsePhone = await loadParsePhone();
const ACCOUNT = { bareRent: 'dollars', currency: 'USD', country: 'US' } as const;

function meant(event: string, object: Thing): string {
  const reading = { account: ACCOUNT, parsePhone, notUnderstood: new Set<string>() };
  return JSON.stringify(readFresh({ event, read_at: null, object }, reading));
}

/** Whether it makes a difference, beside all others or in place of those that mean the same. */
function isRead(event: string, shape: Shape, path: Path): boolean {
  const own = path.join('.');
  const others: ((other: Path) => boolean)[] = [
    () => false,
    // The ids without which nothing is understood.
    (other) =>
      other.join('.') !== own && !/^(id|customer_id|application_id|event_type)$/.test(other.join('.')),
  ];
  const types = event === 'activity_read' ? ACTIVITY_TYPES : [undefined];
  return types.some((type) =>
    others.some((left) => {
      const given = type === undefined ? {} : { event_type: type };
      const withIt = { ...exampleOf(shape, left), ...given };
      const withoutIt = exampleOf(shape, (other) => other.join('.') === own || left(other));
      return meant(event, withIt) !== meant(event, { ...withoutIt, ...(own === 'event_type' ? {} : given) });
    }),
  );
}

describe.each(READS)('%s', (event, shape) => {
  it('lists no field that nobody reads', () => {
    // The read itself is named by the object's id.
    const paths = pathsOf(shape).filter((path) => path.join('.') !== 'id');
    expect(paths.filter((path) => !isRead(event, shape, path))).toEqual([]);
  });

  it('is held to that: a field of tomorrow would be found', () => {
    expect(isRead(event, { ...shape, a_field_of_tomorrow: 'text' }, ['a_field_of_tomorrow'])).toBe(false);
  });
});
