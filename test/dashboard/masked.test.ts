import { expect, it } from 'vitest';
import { EVENT_NAMES } from '../../src/boom/events.ts';
import { sampleOf } from '../../src/boom/samples.ts';
import { masked } from '../../src/dashboard/masked.ts';

it('leaves what happened and when, and dots for the rest', () => {
  const body = {
    event: 'application_approved',
    status: 'approved',
    created_at: '2026-11-02T15:04:05.000Z',
    first_name: 'Ana',
    monthly_rent_amount: { cents: 185000, currency: 'USD' },
    pets: [{ kind: 'dog' }, 'Rex'],
    on: null,
    good: true,
  };
  expect(masked(body)).toEqual({
    event: 'application_approved',
    status: 'approved',
    created_at: '2026-11-02T15:04:05.000Z',
    first_name: '•••',
    monthly_rent_amount: { cents: '•••', currency: 'USD' },
    pets: [{ kind: 'dog' }, '•••'],
    on: null,
    good: true,
  });
});

it('does not trust a key whose value is no short word', () => {
  expect(masked({ status: 'Ana Ruiz <ana.ruiz@example.com>' })).toEqual({ status: '•••' });
});

it.each(EVENT_NAMES)('shows of %s nothing that names or describes a person', (name) => {
  const text = JSON.stringify(masked(sampleOf(name)));
  const kept =
    JSON.stringify(sampleOf(name)).match(
      /[A-Z][a-z]+ [A-Z][a-z]+|[\w.]+@[\w.]+|\+1\d{10}|\d+ [A-Z][a-z]+ Street/g,
    ) ?? [];
  expect(kept.filter((value) => text.includes(value))).toEqual([]);
});
