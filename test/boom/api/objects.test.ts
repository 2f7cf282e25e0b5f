import { expect, it } from 'vitest';
import * as objects from '../../../src/boom/api/objects.ts';
import type { Field, Shape } from '../../../src/boom/api/pick.ts';
import { removeDenied } from '../../../src/boom/denied.ts';

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
    'PROPERTY',
    'UNIT',
  ]);
});

it.each(SHAPES)('%s lists no field that must never be stored', (_, shape) => {
  const whole = filled(shape) as object;
  expect(removeDenied(whole)).toEqual({ body: whole, removed: false });
});
