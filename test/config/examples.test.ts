import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/home.ts';
import { jsonSchemas } from '../../src/config/json-schema.ts';
import { loadConnections } from '../../src/connect/load.ts';
import { configOf, MAIN, makeHome } from './home.ts';

const folder = path.join(packageRoot(), 'config');
const main = readFileSync(path.join(folder, 'boomsync.example.yaml'), 'utf8');
const examples = readdirSync(path.join(folder, 'connections')).filter((name) =>
  name.endsWith('.example.yaml'),
);
const env = { BOOM_WEBHOOK_KEY: 'k', BOOM_ACCESS_KEY: 'a', BOOM_SECRET_KEY: 's' };
/** A value for every variable that an example names. */
const secretsIn = (text: string) =>
  Object.fromEntries([...text.matchAll(/env:([A-Z0-9_]+)/g)].map(([, name = '']) => [name, 'secret']));
const secrets = { 'secrets/webhook-secret': { text: `whsec_${'A'.repeat(44)}`, mode: 0o600 } };

describe('the examples', () => {
  it('are one for the main file and one for every connector', () => {
    const connectors = readdirSync(path.join(packageRoot(), 'connectors'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${name}.example.yaml`);
    expect(examples.sort()).toEqual(connectors.sort());
  });

  it('config/boomsync.example.yaml loads', async () => {
    const { config } = await configOf({ 'boomsync.yaml': main }, { ...secretsIn(main), ...env });
    expect(config.accounts[0]?.webhookKeys).toEqual(['k']);
  });

  it.each(examples)('config/connections/%s loads, and its connector takes it', async (example) => {
    const name = example.replace('.example.yaml', '.yaml');
    const text = readFileSync(path.join(folder, 'connections', example), 'utf8');
    const { config } = await configOf(
      { 'boomsync.yaml': MAIN, [`connections/${name}`]: text, ...secrets },
      { ...env, ...secretsIn(text) },
    );
    const loaded = await loadConnections(config.connections, { dataDir: makeHome() });
    expect(loaded.ok ? [] : loaded.faults).toEqual([]);
    expect(loaded).toMatchObject({ ok: true, connections: [{ connectorId: name.replace('.yaml', '') }] });
  });

  it.each([...examples.map((name) => `connections/${name}`), 'boomsync.example.yaml'])(
    '%s shows editors its schema',
    (name) => {
      const text = readFileSync(path.join(folder, name), 'utf8');
      const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
      const file = path.resolve(folder, path.dirname(name), schema);
      expect(Object.keys(jsonSchemas()).map((known) => path.join(folder, known))).toContain(file);
    },
  );
});
