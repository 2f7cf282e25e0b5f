/** Whatever is posted: an answer below 500, and what was acknowledged is on disk. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createNormaliser, type Normalise } from '../../src/boom/normalise.ts';
import { KEY, Running } from '../receive/running.ts';
import { tries } from '../support/profile.ts';
import { body, headers } from './bodies.ts';
import { exchange } from './exchange.ts';

const CORPUS = join(import.meta.dirname, 'corpus');
const ANSWERS = [202, 400, 401, 404, 408, 413, 415, 417, 431];
/** Bytes that any number of deliveries may leave behind in memory. */
const LEFT_BEHIND = 64 * 1024 * 1024;
setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Without what is garbage: the process grows with what the test itself throws away. */
function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

let running: Running;
let normalise: Normalise;
const counts = new Map<number, number>();
beforeAll(async () => {
  running = await Running.start();
  normalise = await createNormaliser();
});
afterAll(async () => {
  const said = [...counts].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  console.log(`fuzz of the receiver: ${said.join(', ')}`);
  await running.stop();
});

/** Sends it, and holds what must hold of every delivery. */
async function hold(sent: Buffer, own: Record<string, string> = {}): Promise<number> {
  const before = await running.inbox.count();
  const { status, text } = await exchange(running.port, sent, { 'X-API-Key': KEY, ...own });
  counts.set(status, (counts.get(status) ?? 0) + 1);
  expect(ANSWERS).toContain(status);
  const after = await running.inbox.count();
  if (status !== 202) {
    expect(after).toBe(before);
    return status;
  }
  const { id, status: became } = JSON.parse(text) as { id: number; status: string };
  const [row] = await running.inbox.byIds([id]);
  expect(row?.id).toBe(id);
  if (became === 'stored') expect(after).toBe(before + 1);
  // What comes next reads what is kept, and does not end at it.
  const kept = row?.body;
  if (typeof kept === 'string')
    normalise(JSON.parse(kept), { bareRent: 'dollars', currency: 'USD', country: 'US' });
  return status;
}

it.each(readdirSync(CORPUS))('holds of %s, which is kept from before', async (file) => {
  expect(await hold(readFileSync(join(CORPUS, file)))).toBe(202);
});

it('holds of any body', async () => {
  const before = memoryInUse();
  await fc.assert(
    fc.asyncProperty(body, async (sent) => void (await hold(sent))),
    {
      ...tries(800, 50_000),
    },
  );
  expect(memoryInUse() - before).toBeLessThan(LEFT_BEHIND);
});

it('holds of any headers', async () => {
  await fc.assert(
    fc.asyncProperty(body, headers, async (sent, own) => void (await hold(sent, own))),
    tries(500, 30_000),
  );
});

it('takes a good delivery after all that', async () => {
  expect(await hold(Buffer.from('{"event":"application_approved","request_id":"last"}'))).toBe(202);
  expect(running.log.join('')).not.toContain('"request failed"');
});
