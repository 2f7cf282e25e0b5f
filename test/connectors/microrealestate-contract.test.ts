/**
 * Every request that our connector makes, and every answer that our fake gives, held by Prism against the description of
 * MicroRealEstate's API that was put together from its source.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fakeMicrorealestate from '../../connectors/microrealestate/fake.ts';
import type { FakePms } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import type { Connection } from '../../src/connect/connection.ts';
import { connectionOf, desiredOf } from '../connect/support.ts';
import { type Prism, startPrism } from '../support/prism.ts';

const SPEC = fileURLToPath(new URL('../../../shared/specs/pms/microrealestate.derived.yml', import.meta.url));
const missing = existsSync(SPEC)
  ? null
  : 'the description of the API (../shared/specs/pms/microrealestate.derived.yml) is not here';

describe.skipIf(missing !== null)(
  `The description of MicroRealEstate’s API${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let fake: FakePms;
    let server: FakeServer;
    let prism: Prism;
    let connection: Connection;

    beforeAll(async () => {
      fake = fakeMicrorealestate(() => new Date(), '');
      server = await startFakeServer(fake);
      prism = await startPrism(SPEC, fake.server?.(server.url));
      connection = await connectionOf({
        connector: 'microrealestate',
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
        headers: { 'content-type': 'application/json', authorization: 'Bearer x', organizationId: 'x' },
        body: JSON.stringify({ contacts: 'Ana' }),
      });
      expect(wrong.status).toBe(422);
      expect(server.seen).toEqual([]);
    });

    it('allows every request that we make, and every answer that our fake gives', async () => {
      const { connector } = connection;
      await connector.check();
      const desired = await desiredOf(connection);
      expect(await connector.find('applicant', desired)).toEqual([]);
      const { id } = await connector.create('applicant', desired.fields, 'key', desired);
      expect(await connector.find('applicant', desired)).toHaveLength(1);

      const remote = await connector.read('applicant', id);
      const changes = { name: 'Ana Newname', email: 'new@example.com' };
      await connector.update('applicant', id, changes, { ...remote?.fields, ...changes }, remote?.record);
      expect((await connector.read('applicant', id))?.fields).toMatchObject(changes);

      const asked = server.seen.map(
        ({ method, path }) => `${method} ${path.replace('/api/v2', '').replace(id, '{id}')}`,
      );
      expect([...new Set(asked)].sort()).toEqual([
        'GET /properties',
        'GET /tenants',
        'GET /tenants/{id}',
        'PATCH /tenants/{id}',
        'POST /authenticator/landlord/signin',
        'POST /tenants',
      ]);
    });
  },
);
