/**
 * Every request that our connector makes, and every answer that our fake gives, held against the vendor's own
 * description of its API by Prism as a proxy between the two.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fakePropertyware from '../../connectors/propertyware/fake.ts';
import type { FakePms } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import type { Connection } from '../../src/connect/connection.ts';
import { connectionOf, desiredOf } from '../connect/support.ts';
import { type Prism, startPrism } from '../support/prism.ts';

const SPEC = fileURLToPath(new URL('../../../shared/specs/pms/propertyware.json', import.meta.url));
const missing = existsSync(SPEC)
  ? null
  : 'the vendor’s description (../shared/specs/pms/propertyware.json) is not here';

describe.skipIf(missing !== null)(
  `Propertyware’s own description${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let fake: FakePms;
    let server: FakeServer;
    let prism: Prism;
    let connection: Connection;

    beforeAll(async () => {
      fake = fakePropertyware(() => new Date(), '');
      server = await startFakeServer(fake);
      prism = await startPrism(SPEC, fake.server?.(server.url) ?? server.url);
      connection = await connectionOf({
        connector: 'propertyware',
        server: prism.url,
        credentials: fake.credentials,
        units: { 'Oak Street / 4B': '40011' },
      });
    }, 120_000);

    afterAll(async () => {
      prism?.process.kill();
      await server?.close();
    });

    it('bites: it refuses what is not in it', async () => {
      const wrong = await fetch(`${prism.url}/prospects`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-propertyware-client-id': 'x',
          'x-propertyware-client-secret': 'x',
          'x-propertyware-system-id': 'x',
        },
        body: JSON.stringify({ contacts: [{ firstName: 'Ana' }] }),
      });
      expect(wrong.status).toBe(422);
      expect(server.seen).toEqual([]);
    });

    it('allows every request that we make, and every answer that our fake gives', async () => {
      const { connector } = connection;
      await connector.check();
      const desired = await desiredOf(connection, {}, '40011');
      const { id } = await connector.create('applicant', desired.fields, 'key', desired);
      expect((await connector.read('applicant', id))?.fields).toMatchObject(desired.fields);
      for (const since of [null, new Date(0)]) {
        const changed = [];
        for await (const remote of connector.changedSince?.('applicant', since) ?? [])
          changed.push(remote.id);
        expect(changed).toEqual([id]);
      }

      const note = { marker: '[boomsync approved 2026-11-12]', text: 'BoomScreen: approved on 12 Nov 2026.' };
      await connector.addNote?.('applicant', id, note);
      expect((await connector.notes?.('applicant', id))?.map(({ marker }) => marker)).toEqual([note.marker]);

      const units = [];
      for await (const unit of connector.units?.() ?? []) units.push(unit.id);
      expect(units).toEqual(fake.units.map((unit) => unit.id));

      const asked = server.seen.map(
        ({ method, path }) => `${method} ${path.split('/v1')[1]?.replace(id, '{id}')}`,
      );
      expect([...new Set(asked)].sort()).toEqual([
        'GET /buildings',
        'GET /prospects',
        'GET /prospects/{id}',
        'GET /prospects/{id}/conversations',
        'POST /prospects',
        'POST /prospects/{id}/conversations',
        'PUT /prospects/customfields',
      ]);
    });
  },
);
