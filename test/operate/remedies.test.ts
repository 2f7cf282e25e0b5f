/** Every cause under which a record waits for a person has answers. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PUSH_ERROR_KINDS, PushError } from '../../src/http/push-error.ts';
import { PARKED_CAUSES } from '../../src/operate/remedies.ts';
import { fateOf } from '../../src/reconcile/fate.ts';
import { freshState } from '../../src/reconcile/fresh-state.ts';
import { MAX_ATTEMPTS } from '../../src/reconcile/schedule.ts';

const SOURCE = join(import.meta.dirname, '../../src');
const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(reconcile|http|store|connect)\/.*\.ts$/.test(file))
  .map((file) => readFileSync(join(SOURCE, file), 'utf8'));

it('knows every cause that the code parks with', () => {
  const text = sources.join('\n');
  const named = [...text.matchAll(/\bpark(?:ed)?\(\s*'([a-z_]+)'/g)].map(([, cause]) => cause ?? '');
  const written = [...text.matchAll(/state: 'parked'[^}]*?cause: '([a-z_]+)'/g)].map(
    ([, cause]) => cause ?? '',
  );
  expect(named.length + written.length).toBeGreaterThan(15);
  expect([...named, ...written].filter((cause) => !(cause in PARKED_CAUSES))).toEqual([]);
});

it('knows every error that parks, at once or after the last try', () => {
  const name = { tenantId: 't1', connection: 'oak', kind: 'applicant' as const, place: 'p1' };
  const state = { ...freshState(name, '2026-11-23T12:00:00.000Z'), attempts: MAX_ATTEMPTS };
  const parks = PUSH_ERROR_KINDS.filter((kind) => {
    const error = new PushError(kind, 'It failed', { remedy: 'Look.' });
    return fateOf(error, state, () => 0).state.state === 'parked';
  });
  expect(parks.length).toBeGreaterThan(5);
  expect(parks.filter((kind) => !(kind in PARKED_CAUSES))).toEqual([]);
});

it('leaves nobody without an answer, and has no cause that nothing parks with', () => {
  const text = sources.join('\n');
  for (const [cause, { answers }] of Object.entries(PARKED_CAUSES)) {
    expect(answers.length, cause).toBeGreaterThan(0);
    expect(new Set(answers).size, cause).toBe(answers.length);
    expect(text, cause).toContain(`'${cause}'`);
  }
});
