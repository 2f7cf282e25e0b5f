/**
 * Every request that our connector makes, and every answer that our fake gives, held by Prism against a description of
 * AppFolio's API that was put together from public clients.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import createFakeAppfolio from '../../connectors/appfolio/fake.ts';
import type { FakePms } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import type { Connection } from '../../src/connect/connection.ts';
import type { Desired, Kind } from '../../src/connect/contract.ts';
import { SAMPLE_SCOPE } from '../../src/connect/scope-shape.ts';
import { connectionOf, scopeOf } from '../connect/support.ts';
import { type Prism, startPrism } from '../support/prism.ts';

const SPEC = fileURLToPath(new URL('../../../shared/specs/pms/appfolio.derived.yml', import.meta.url));
const missing = existsSync(SPEC)
  ? null
  : 'the description of the API (../shared/specs/pms/appfolio.derived.yml) is not here';

describe.skipIf(missing !== null)(
  `The description of AppFolio’s API${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let fake: FakePms;
    let server: FakeServer;
    let folder: string;
    let prism: Prism;
    let connection: Connection;

    beforeAll(async () => {
      fake = createFakeAppfolio(() => new Date(), '');
      server = await startFakeServer(fake);
      folder = mkdtempSync(join(tmpdir(), 'boomsync-appfolio-'));
      prism = await startPrism(readableByPrism(SPEC, folder), `${server.url}/api/v0`);
      connection = await connectionOf(
        { connector: 'appfolio', server: prism.url, credentials: fake.credentials },
        { tune: (http) => ({ ...http, windows: [] }) },
      );
    }, 120_000);

    afterAll(async () => {
      prism?.process.kill();
      await server?.close();
      if (folder) rmSync(folder, { recursive: true });
    });

    it('bites: it refuses what is not in it', async () => {
      const wrong = await fetch(`${prism.url}/leads`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from('a:b').toString('base64')}`,
          'x-appfolio-developer-id': 'x',
        },
        body: JSON.stringify({ FirstName: 'Ana' }),
      });
      expect(wrong.status).toBe(422);
      expect(server.seen).toEqual([]);
    });

    it('allows every request that we make, and every answer that our fake gives', async () => {
      const { connector } = connection;
      const desired = async (kind: Kind): Promise<Desired> => {
        const fields = await connection.desire(kind, scopeOf({ unitId: fake.units[0]?.id ?? null }));
        return { tenantId: 't1', place: 'p1', key: 'bs-1', ...SAMPLE_SCOPE.person, fields };
      };
      await connector.check();
      for await (const unit of connector.units?.() ?? []) expect(unit.id).toContain('/');
      for (const kind of ['applicant', 'tenant'] as const) {
        const person = await desired(kind);
        const { id } = await connector.create(kind, person.fields, 'key', person);
        expect((await connector.read(kind, id))?.fields).toMatchObject({ FirstName: 'Ana' });
        const listed: string[] = [];
        for await (const one of connector.changedSince?.(kind, null) ?? []) listed.push(one.id);
        expect(listed).toEqual([id]);
      }
      const [lead] = fake.people('applicant');
      if (lead === undefined) throw new Error('there is no lead');
      await connector.update('applicant', lead.id, { LastName: 'Newname' }, lead.fields);
      expect((await connector.read('applicant', lead.id))?.fields.LastName).toBe('Newname');

      const routes = server.seen.map(
        ({ method, path }) => `${method} ${path.replace(/\/[0-9a-f-]{36}/, '/{id}')}`,
      );
      expect([...new Set(routes)].sort()).toEqual([
        'GET /api/v0/jobs',
        'GET /api/v0/leads',
        'GET /api/v0/tenants',
        'GET /api/v0/units',
        'PATCH /api/v0/leads/{id}',
        'POST /api/v0/leads',
        'POST /api/v0/tenants/bulk',
      ]);
    }, 60_000);
  },
);

/** Prism never sees a required parameter whose name has brackets (`filters[Id]`): here it is an optional one. */
function readableByPrism(spec: string, folder: string): string {
  const file = join(folder, 'appfolio.yml');
  writeFileSync(
    file,
    readFileSync(spec, 'utf8').replace(/(name: filters\[Id\]\s+required: )true/g, '$1false'),
  );
  return file;
}
