/**
 * Every request that our connector makes, and every answer that our fake gives, held by Prism against the description of
 * DoorLoop's API that was put together from its pages. It knows no list of notes: that one request is not held here.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fakeDoorloop from '../../connectors/doorloop/fake.ts';
import type { FakePms } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import type { Connection } from '../../src/connect/connection.ts';
import { connectionOf, desiredOf } from '../connect/support.ts';
import { type Prism, startPrism } from '../support/prism.ts';

const SPEC = fileURLToPath(new URL('../../../shared/specs/pms/doorloop.derived.yml', import.meta.url));
const missing = existsSync(SPEC)
  ? null
  : 'the description of the API (../shared/specs/pms/doorloop.derived.yml) is not here';

describe.skipIf(missing !== null)(
  `The description of DoorLoop’s API${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let fake: FakePms;
    let server: FakeServer;
    let prism: Prism;
    let connection: Connection;

    beforeAll(async () => {
      fake = fakeDoorloop(() => new Date(), '');
      server = await startFakeServer(fake);
      prism = await startPrism(SPEC, server.url);
      connection = await connectionOf({
        connector: 'doorloop',
        server: prism.url,
        credentials: fake.credentials,
      });
    }, 120_000);

    afterAll(async () => {
      prism?.process.kill();
      await server?.close();
    });

    it('bites: it refuses what is not in it', async () => {
      const wrong = await fetch(`${prism.url}/tenants`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
        body: JSON.stringify({ firstName: 'Ana' }),
      });
      expect(wrong.status).toBe(422);
      expect(server.seen).toEqual([]);
    });

    it('allows every request that we make, and every answer that our fake gives', async () => {
      const { connector } = connection;
      await connector.check();
      const desired = await desiredOf(connection);
      expect(await connector.find('applicant', desired)).toEqual([]);
      expect(await connector.find('applicant', { ...desired, email: null })).toEqual([]);
      const { id } = await connector.create('applicant', desired.fields, 'key', desired);
      expect(await connector.find('applicant', desired)).toHaveLength(1);
      fake.onLease?.(id);
      expect(await connector.find('tenant', desired)).toHaveLength(1);

      const remote = await connector.read('applicant', id);
      const changes = { lastName: 'Newname', email: 'new@example.com' };
      await connector.update('applicant', id, changes, { ...remote?.fields, ...changes }, remote?.record);
      expect((await connector.read('applicant', id))?.fields).toMatchObject(changes);

      const note = { marker: '[boomsync approved 2026-11-12]', text: 'BoomScreen: approved on 12 Nov 2026.' };
      await connector.addNote?.('applicant', id, note);
      expect(fake.people('applicant')[0]?.notes).toEqual([expect.stringContaining(note.marker)]);

      const asked = server.seen.map(({ method, path }) => `${method} ${path.replace(id, '{id}')}`);
      expect([...new Set(asked)].sort()).toEqual([
        'GET /tenants',
        'GET /tenants/{id}',
        'POST /notes',
        'POST /tenants',
        'PUT /tenants/{id}',
      ]);
    });
  },
);
