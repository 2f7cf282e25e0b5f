/**
 * Every request that our connector makes, and every answer that our fake gives, held against the vendor's own
 * description of its API by Prism as a proxy between the two.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/connect/connection.ts';
import { connectionOf, desiredOf } from '../connect/support.ts';
import { type FakeBuildium, startFakeBuildium } from '../fakes/buildium.ts';
import { type Prism, startPrism } from '../support/prism.ts';

const SPEC = fileURLToPath(new URL('../../../shared/specs/pms/buildium.json', import.meta.url));
const missing = existsSync(SPEC)
  ? null
  : 'the vendor’s description (../shared/specs/pms/buildium.json) is not here';

describe.skipIf(missing !== null)(
  `Buildium’s own description${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let fake: FakeBuildium;
    let prism: Prism;
    let connection: Connection;

    beforeAll(async () => {
      fake = await startFakeBuildium();
      prism = await startPrism(SPEC, fake.url);
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
      const units = [];
      for await (const unit of connector.units?.() ?? []) units.push(unit);
      expect(units).toMatchObject([
        { id: '10231', title: '4B', property: 'Oak Street', address: '12 Oak Street, Chicago, IL, 60601' },
      ]);
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
        'GET /v1/rentals/units',
        'POST /v1/applicants',
        'POST /v1/applicants/{id}/notes',
        'PUT /v1/applicants/{id}',
        'PUT /v1/applicants/{id}/applications/{id}',
      ]);
    });
  },
);
