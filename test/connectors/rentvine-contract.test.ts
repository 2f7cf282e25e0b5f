/**
 * Every request that our connector makes, and every answer that our fake gives, held by Prism against the description of
 * Rentvine's API that was put together from what is known of it. It knows no list of units: that one is not held here.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fakeRentvine from '../../connectors/rentvine/fake.ts';
import type { FakePms } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import type { Connection } from '../../src/connect/connection.ts';
import { connectionOf } from '../connect/support.ts';
import { type Prism, startPrism } from '../support/prism.ts';

const SPEC = fileURLToPath(new URL('../../../shared/specs/pms/rentvine.derived.yml', import.meta.url));
const missing = existsSync(SPEC)
  ? null
  : 'the description of the API (../shared/specs/pms/rentvine.derived.yml) is not here';

describe.skipIf(missing !== null)(
  `The description of Rentvine’s API${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let fake: FakePms;
    let server: FakeServer;
    let prism: Prism;
    let connection: Connection;

    beforeAll(async () => {
      fake = fakeRentvine(() => new Date('2026-11-01T12:00:00Z'), '');
      server = await startFakeServer(fake);
      prism = await startPrism(SPEC, server.url);
      connection = await connectionOf({
        connector: 'rentvine',
        server: prism.url,
        credentials: fake.credentials,
      });
    }, 120_000);

    afterAll(async () => {
      prism?.process.kill();
      await server?.close();
    });

    it('bites: it refuses what is not in it', async () => {
      const authorization = `Basic ${Buffer.from('a:b').toString('base64')}`;
      const wrong = await fetch(`${prism.url}/screening/applications/1/status`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ applicationStatusID: 6 }),
      });
      expect(wrong.status).toBe(422);
      expect(server.seen).toEqual([]);
    });

    it('allows every request that we make, and every answer that our fake gives', async () => {
      const { connector } = connection;
      await connector.check();
      const person = { name: 'Ana Sample', email: 'ana@example.com', phone: '+13125550123', unitID: 301 };
      const id = fake.add?.('applicant', person) ?? '';
      const listed: string[] = [];
      const since = new Date('2026-10-01T00:00:00Z');
      for await (const remote of connector.changedSince?.('applicant', since) ?? []) listed.push(remote.id);
      expect(listed).toEqual([id]);
      expect((await connector.read('applicant', id))?.fields).toMatchObject({ email: person.email });
      for (const value of ['Approved', 'Processing', 'Declined', 'Withdrawn']) {
        await connector.decide?.('applicant', id, value);
        expect((await connector.decision?.('applicant', id))?.value).toBe(value);
      }
      const asked = server.seen.map(({ method, path }) => `${method} ${path.replace(/\d+/, '{id}')}`);
      expect([...new Set(asked)].sort()).toEqual([
        'GET /screening/applications/export',
        'POST /screening/applications/{id}/status',
      ]);
    });
  },
);
