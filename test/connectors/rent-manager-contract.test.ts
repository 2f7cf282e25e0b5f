/**
 * The requests that our connector makes, and the answers that our fake gives, held by Prism against the description of
 * Rent Manager's API that was put together from public programs. It knows no contacts and no phone numbers: the lookup,
 * and a change of e-mail or phone, are not held here.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fakeRentManager from '../../connectors/rent-manager/fake.ts';
import type { FakePms } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import type { Connection } from '../../src/connect/connection.ts';
import { connectionOf, desiredOf } from '../connect/support.ts';
import { type Prism, startPrism } from '../support/prism.ts';

const SPEC = fileURLToPath(new URL('../../../shared/specs/pms/rentmanager.derived.yml', import.meta.url));
const missing = existsSync(SPEC)
  ? null
  : 'the description of the API (../shared/specs/pms/rentmanager.derived.yml) is not here';

describe.skipIf(missing !== null)(
  `The description of Rent Manager’s API${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let fake: FakePms;
    let server: FakeServer;
    let prism: Prism;
    let connection: Connection;

    beforeAll(async () => {
      fake = fakeRentManager(() => new Date(), '');
      server = await startFakeServer(fake);
      prism = await startPrism(SPEC, server.url);
      connection = await connectionOf({
        connector: 'rent-manager',
        server: prism.url,
        credentials: fake.credentials,
        units: { 'Oak Street / 4B': '12' },
      });
    }, 120_000);

    afterAll(async () => {
      prism?.process.kill();
      await server?.close();
    });

    it('bites: it refuses a record that is no list', async () => {
      const wrong = await fetch(`${prism.url}/Prospects`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-rm12api-apitoken': 'x' },
        body: JSON.stringify({ FirstName: 'Ana' }),
      });
      expect(wrong.status).toBe(422);
      expect(server.seen).toEqual([]);
    });

    it('allows what we send, and what our fake answers', async () => {
      const { connector } = connection;
      await connector.check();
      const desired = await desiredOf(connection, {}, '12');
      const { id } = await connector.create('applicant', desired.fields, 'key', desired);
      const remote = await connector.read('applicant', id);
      expect(remote?.fields).toMatchObject(desired.fields);
      const changes = { FirstName: 'Anna', LastName: 'Newname', PropertyID: 13 };
      await connector.update('applicant', id, changes, { ...remote?.fields, ...changes }, remote?.record);
      expect((await connector.read('applicant', id))?.fields).toMatchObject(changes);
      expect(await connector.read('applicant', '4711')).toBeNull();

      const tenant = fake.add?.('tenant', { ...remote?.fields }) ?? '';
      expect((await connector.read('tenant', tenant))?.id).toBe(tenant);
      const note = { marker: '[boomsync approved 2026-11-12]', text: 'BoomScreen: approved on 12 Nov 2026.' };
      for (const [kind, of] of [
        ['applicant', id],
        ['tenant', tenant],
      ] as const) {
        expect(await connector.notes?.(kind, of)).toEqual([]);
        await connector.addNote?.(kind, of, note);
        expect((await connector.notes?.(kind, of))?.map(({ marker }) => marker)).toEqual([note.marker]);
      }

      const units = [];
      for await (const unit of connector.units?.() ?? []) units.push(unit.id);
      expect(units).toEqual(fake.units.map((unit) => unit.id));

      expect([...new Set(server.seen.map(({ method, path }) => `${method} ${path}`))].sort()).toEqual([
        'GET /HistoryNotes',
        'GET /Prospects',
        'GET /Tenants',
        'GET /Units',
        'POST /Authentication/AuthorizeUser',
        'POST /HistoryNotes',
        'POST /Prospects',
      ]);
    });
  },
);
