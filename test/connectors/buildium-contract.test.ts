/**
 * Every request that our connector makes, and every answer that our fake gives, held against the vendor's own
 * description of its API by Prism as a proxy between the two.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/connect/connection.ts';
import { connectionOf, desiredOf } from '../connect/support.ts';
import { type FakeBuildium, startFakeBuildium } from '../fakes/buildium.ts';

const SPEC = fileURLToPath(new URL('../../../shared/specs/pms/buildium.json', import.meta.url));
const missing = existsSync(SPEC)
  ? null
  : 'the vendor’s description (../shared/specs/pms/buildium.json) is not here';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function startPrism(upstream: string): Promise<{ url: string; process: ChildProcess }> {
  const port = await freePort();
  const cli = join(
    dirname(createRequire(import.meta.url).resolve('@stoplight/prism-cli/package.json')),
    'dist/index.js',
  );
  const args = [cli, 'proxy', '--errors', '--host', '127.0.0.1', '--port', String(port), SPEC, upstream];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += String(chunk);
      if (said.includes('Prism is listening')) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', (code) => reject(new Error(`Prism ended with ${code}: ${said.slice(-500)}`)));
  });
  return { url: `http://127.0.0.1:${port}`, process: child };
}

describe.skipIf(missing !== null)(
  `Buildium’s own description${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let fake: FakeBuildium;
    let prism: Awaited<ReturnType<typeof startPrism>>;
    let connection: Connection;

    beforeAll(async () => {
      fake = await startFakeBuildium();
      prism = await startPrism(fake.url);
      connection = await connectionOf({ server: prism.url, units: { 'Oak Street / 4B': '10231' } });
    }, 120_000);

    afterAll(async () => {
      prism?.process.kill();
      await fake?.close();
    });

    it('bites: it refuses what is not in it', async () => {
      const wrong = await fetch(`${prism.url}/v1/applicants`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-buildium-client-secret': 'x' },
        body: JSON.stringify({ FirstName: 'Ana', Nickname: 'Annie' }),
      });
      expect(wrong.status).toBe(422);
      expect(fake.log).toEqual([]);
    });

    it('allows every request that we make, and every answer that our fake gives', async () => {
      const { connector } = connection;
      await connector.check();
      const desired = await desiredOf(connection, {}, '10231');
      expect(await connector.find('applicant', desired)).toEqual([]);
      expect(await connector.find('applicant', { ...desired, email: null })).toEqual([]);
      const { id } = await connector.create('applicant', desired.fields, 'key', desired);
      expect(await connector.find('applicant', desired)).toHaveLength(1);

      const remote = await connector.read('applicant', id);
      const changes = { LastName: 'Newname', Email: 'new@example.com' };
      await connector.update('applicant', id, changes, { ...remote?.fields, ...changes });
      expect((await connector.read('applicant', id))?.fields).toMatchObject(changes);

      const note = { marker: '[boomsync approved 2026-11-12]', text: 'BoomScreen: approved on 12 Nov 2026.' };
      await connector.addNote?.('applicant', id, note);
      expect((await connector.notes?.('applicant', id))?.map(({ marker }) => marker)).toEqual([note.marker]);

      fake.records.get(Number(id))?.Applications.push({
        Id: 7,
        ApplicationStatus: 'New',
        ApplicationSubmittedDateTime: '2026-11-02T00:00:00Z',
      });
      for (const value of ['Approved', 'Undecided', 'Rejected', 'Cancelled']) {
        await connector.decide?.('applicant', id, value);
        expect((await connector.decision?.('applicant', id))?.value).toBe(value);
      }
      expect([...fake.requests.keys()].sort()).toEqual([
        'GET /v1/applicants',
        'GET /v1/applicants/{id}',
        'GET /v1/applicants/{id}/notes',
        'POST /v1/applicants',
        'POST /v1/applicants/{id}/notes',
        'PUT /v1/applicants/{id}',
        'PUT /v1/applicants/{id}/applications/{id}',
      ]);
    });
  },
);
