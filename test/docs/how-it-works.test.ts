import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PUSH_ERROR_KINDS, PushError, type PushErrorKind } from '../../src/http/push-error.ts';
import { fateOf } from '../../src/reconcile/fate.ts';
import { MAX_ATTEMPTS, retryWait } from '../../src/reconcile/schedule.ts';
import type { SyncState } from '../../src/store/sync.ts';
import { expectPart, markdownTable, ROOT, readDoc } from './generated.ts';

const TEST = 'test/docs/how-it-works.test.ts';

const FRESH = { state: 'waiting', attempts: 0 } as SyncState;

function fateWords(kind: PushErrorKind): [string, string] {
  const error = new PushError(kind, '', { remedy: '' });
  const { state, retryInMs } = fateOf(error, FRESH, () => 0.5);
  if (kind === 'rate_limited') return [state.state, 'the connection waits as long as it was asked to'];
  if (error.concernsConnection) return [state.state, 'the connection is paused and asked again'];
  if (retryInMs === null) return [state.state, 'a person, or a change in Boom or in the configuration'];
  const last = fateOf(error, { ...FRESH, attempts: MAX_ATTEMPTS }, () => 0.5).state.state;
  return [state.state, `tried again; after ${MAX_ATTEMPTS + 1} failures in a row ${last}`];
}

describe('docs/how-it-works.md', () => {
  it('shows what becomes of each error, as the code has it', () => {
    const rows = PUSH_ERROR_KINDS.map((kind) => {
      const [state, next] = fateWords(kind);
      return [`\`${kind}\``, state, next];
    });
    expectPart(
      'docs/how-it-works.md',
      'fates',
      markdownTable(['error', 'state', 'what is next'], rows),
      TEST,
    );
  });

  it('says how long it goes on trying', () => {
    const waits = Array.from({ length: MAX_ATTEMPTS }, (_, i) => retryWait(i + 1, () => 0.5));
    const days = Math.round(waits.reduce((sum, ms) => sum + ms, 0) / 86_400_000);
    expect(readDoc('docs/how-it-works.md')).toContain(`about ${days} days`);
  });

  it('names every room of the house', () => {
    const code = readdirSync(`${ROOT}/src`, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() || entry.name.endsWith('.ts'),
    );
    const page = readDoc('docs/how-it-works.md');
    expect(code.map(({ name }) => `src/${name}`).filter((room) => !page.includes(`| \`${room}\` `))).toEqual(
      [],
    );
  });
});
