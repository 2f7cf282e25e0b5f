/** SIGTERM on the real program while it is at work. */
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startFakeBuildium } from '../fakes/buildium.ts';
import { aboutAna } from '../support/buildium.ts';
import { aboutNth } from '../support/people.ts';
import { makeHome } from '../support/process.ts';

/** What is under way may take; afterwards the system kills it. */
const DRAINS_WITHIN_MS = 10_000;

/** Rejects where `work` takes longer: the test waits no longer than a system would. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const late = AbortSignal.timeout(ms);
  return await Promise.race([
    work,
    new Promise<never>((_, reject) => {
      late.addEventListener('abort', () => reject(new Error(`It did not end within ${ms} ms`)));
    }),
  ]);
}

describe('SIGTERM', () => {
  it('in a burst keeps all that it took, ends with 0 and leaves no lease', async () => {
    const home = makeHome();
    const server = await home.start();
    const answers = Array.from({ length: 200 }, (_, n) =>
      home.post(server, aboutNth(n, 'applicant_submitted')).then(
        ({ status }) => status,
        () => null,
      ),
    );
    await answers[100];
    expect(await within(DRAINS_WITHIN_MS, server.kill('SIGTERM'))).toBe(0);
    const taken = (await Promise.all(answers)).filter((status) => status === 202).length;
    expect(taken).toBeGreaterThan(0);

    expect(existsSync(join(home.folder, 'data/server.json'))).toBe(false);
    const file = join(home.folder, 'data/boomsync.sqlite');
    // Closed as it should be: the log is in the file, and gone.
    expect(existsSync(`${file}-wal`)).toBe(false);
    const database = new Database(file, { readonly: true });
    onTestFinished(() => {
      database.close();
    });
    expect(database.prepare('select count(*) from inbox').pluck().get()).toBeGreaterThanOrEqual(taken);
    expect(database.pragma('quick_check', { simple: true })).toBe('ok');

    // The next one gets in at once.
    await home.start();
  });

  it('ends in time although a client holds a connection open and says nothing', async () => {
    const home = makeHome();
    const server = await home.start();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    onTestFinished(() => {
      socket.destroy();
    });
    socket.on('error', () => {});
    await new Promise((connected) => socket.once('connect', connected));
    socket.write('POST /webhooks/boom HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n');
    expect(await within(DRAINS_WITHIN_MS, server.kill('SIGTERM'))).toBe(0);
  });

  it('ends in time although a PMS does not answer, and the next start makes no second record', async () => {
    const buildium = await startFakeBuildium();
    onTestFinished(() => buildium.close());
    const home = makeHome({ OAK_ID: 'id', OAK_SECRET: 'secret' });
    home.write(
      'config/connections/oak.yaml',
      [
        'connector: buildium',
        'mode: live',
        `server: ${buildium.url}`,
        'credentials: { clientId: env:OAK_ID, clientSecret: env:OAK_SECRET }',
        'units: { "4B": 10231 }',
        '',
      ].join('\n'),
    );
    buildium.switches.hangAfterWrite = 1;
    const server = await home.start();
    await home.post(server, aboutAna('applicant_submitted', 1));
    while (buildium.records.size === 0) await new Promise(setImmediate);
    expect(await within(DRAINS_WITHIN_MS, server.kill('SIGTERM'))).toBe(0);
    const again = await home.start();
    while (
      ((await (await fetch(`${again.url}/metrics`)).text()).match(/connection="oak",state="synced"} 1/) ?? [])
        .length === 0
    )
      await new Promise(setImmediate);
    expect(buildium.records.size).toBe(1);
  });
});
