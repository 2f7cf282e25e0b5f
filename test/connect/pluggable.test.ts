import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { publicCredentials } from '../../src/config/connector-credentials.ts';
import { closeServers, serve } from '../http/http-servers.ts';
import { connected, faultsIn, manifest, pms, temporaryHome, written } from './own-connector.ts';
import { connectionOf, desiredOf, faultsOf } from './support.ts';

afterEach(closeServers);

describe('a connector of one’s own', () => {
  it('is a folder, written from config/ on', async () => {
    const connection = await connected(manifest(), { mode: null });
    expect(connection).toMatchObject({ connectorId: 'my-pms', label: 'My PMS', mode: 'preview' });
  });

  it('is a package in node_modules beside config/', async () => {
    const { home, file } = temporaryHome();
    const folder = join(home, 'node_modules', '@me', 'my-pms');
    mkdirSync(folder, { recursive: true });
    const credentials = { account: { label: 'the account', help: 'Yours.', secret: false } };
    writeFileSync(join(folder, 'manifest.yaml'), JSON.stringify(manifest({ credentials })));
    const own = {
      file,
      connector: '@me/my-pms',
      credentials: { account: 'jane' },
      server: 'http://127.0.0.1:9',
    };
    expect((await connectionOf(own)).label).toBe('My PMS');
    expect(await publicCredentials('@me/my-pms', join(home, 'config'))).toEqual(new Set(['account']));
    expect(await publicCredentials('../node_modules/@me/my-pms', join(home, 'config'))).toEqual(
      new Set(['account']),
    );
  });

  it.each(['./not-there', '../../etc', '@me/not-there', 'not-there-at-all'])(
    'that is not there (%s) is told with its line',
    async (connector) => {
      const [fault, ...others] = await faultsOf({ file: written(manifest()), connector, credentials: {} });
      expect(others).toEqual([]);
      expect(fault).toMatchObject({ path: 'connector', line: 1 });
    },
  );

  it('of another contract is told so, and nothing else about it', async () => {
    const faults = await faultsIn({ ...manifest({ contract: 2 }), novelty: true });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ path: 'contract', line: 2 });
    expect(faults[0]?.message).toContain('speaks contract 1');
  });

  it('may have code that replaces some of what the manifest describes', async () => {
    const { url, seen } = await pms(() => ({ json: { id: 5, firstName: 'Ana' } }));
    const code = `export default (context, rest) => {
      const usual = rest();
      return {
        ...usual,
        async create(kind, fields, key, person) {
          const http = context.http({ label: context.label, baseUrl: context.server });
          await http.send({ method: 'POST', path: '/first', json: {} });
          return usual.create(kind, fields, key, person);
        },
      };
    };`;
    const connection = await connected(manifest(), { server: url }, code);
    const desired = await desiredOf(connection);
    expect((await connection.connector.create('applicant', desired.fields, 'once', desired)).id).toBe('5');
    expect(seen.map(({ url: at }) => at)).toEqual(['/first', '/people']);
  });

  it('keeps all clients of its code to the manifest’s limits together', async () => {
    let now = 0;
    let most = 0;
    const server = await serve((_, response) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        response.end('{}');
      }, 20);
    });
    const code = `export default (context, rest) => {
      const client = () => context.http({ label: context.label, baseUrl: context.server });
      return {
        ...rest(),
        async check() {
          const clients = [client(), client(), client()];
          await Promise.all([...clients, ...clients].map((one) => one.send({ method: 'GET', path: '/' })));
          return { name: null };
        },
      };
    };`;
    const { connector } = await connected(manifest({ limits: { concurrency: 2 } }), { server }, code);
    await connector.check();
    expect(most).toBe(2);
  });

  it.each([
    ['throw new Error("broken here")', 'broken here'],
    ['export default { }', 'must export a function'],
    ['export default (', 'cannot be loaded'],
  ])('whose code is broken (%s) is told so', async (code, why) => {
    const [fault, ...others] = await faultsIn(manifest(), {}, code);
    expect(others).toEqual([]);
    expect(fault?.file).toMatch(/connector\.mjs$/);
    expect(fault?.message).toContain(why);
  });
});

describe('what a person does by hand', () => {
  const byHand = manifest({
    capabilities: {
      kinds: ['applicant'],
      byHand: true,
      update: 'merges',
      find: 'none',
      readBack: false,
      notes: 'none',
      applicants: 'applied',
      unitId: 'unused',
    },
    kinds: {
      applicant: { fields: { name: { from: 'person.firstName' } }, status: { approved: 'Approved' } },
    },
  });

  it('needs no address and no request, and is live from the start', async () => {
    const connection = await connected(byHand, { server: null, mode: null });
    expect(connection).toMatchObject({ mode: 'live', createsPerDay: Number.POSITIVE_INFINITY });
    expect(connection.decisionFor('approved', 'applicant')).toBe('Approved');
    expect(await connection.connector.check()).toEqual({ name: null });
  });

  it('has no address to be given', async () => {
    expect((await faultsIn(byHand)).map(({ path }) => path)).toEqual(['server']);
  });
});
