import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { connectionOf, faultOf, scopeOf } from '../connect/support.ts';
import { ROOT, readDoc } from './generated.ts';

interface Manifest {
  kinds: Record<string, { fields: Record<string, unknown>; status?: Record<string, string> }>;
  credentials?: Record<string, unknown>;
  servers?: Record<string, string>;
}

const IDS = readdirSync(`${ROOT}/connectors`);

describe.each(IDS)('docs/connectors/%s.md', (id) => {
  const page = `docs/connectors/${id}.md`;
  const manifest = parse(readDoc(`connectors/${id}/manifest.yaml`)) as Manifest;
  const kinds = Object.values(manifest.kinds);
  const rows = () =>
    readDoc(page)
      .split('\n')
      .filter((line) => line.startsWith('|'));

  it('is there', () => {
    expect(existsSync(`${ROOT}/${page}`)).toBe(true);
  });

  it('has every field of the manifest in a table', () => {
    const fields = new Set(kinds.flatMap((kind) => Object.keys(kind.fields)));
    expect([...fields].filter((field) => !rows().some((row) => row.includes(`\`${field}\``)))).toEqual([]);
  });

  it('has every status of the manifest in a table', () => {
    const pairs = kinds.flatMap((kind) => Object.entries(kind.status ?? {}));
    const missing = pairs.filter(
      ([ours, theirs]) => !rows().some((row) => row.includes(`\`${ours}\``) && row.includes(`\`${theirs}\``)),
    );
    expect(missing).toEqual([]);
  });

  it('names every credential and server', () => {
    const names = [...Object.keys(manifest.credentials ?? {}), ...Object.keys(manifest.servers ?? {})];
    expect(names.filter((name) => !readDoc(page).includes(name))).toEqual([]);
  });
});

describe('the receiver in docs/connectors/webhook.md', () => {
  const SECRET = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

  it('takes what we sign and refuses what somebody else signs', async () => {
    const example = /```js\n([\s\S]+?)```/.exec(readDoc('docs/connectors/webhook.md'))?.[1] ?? '';
    const port = await freePort();
    const receiver = spawn(process.execPath, ['--input-type=module', '--eval', example], {
      env: { ...process.env, PORT: String(port), WEBHOOK_SECRET: SECRET },
    });
    onTestFinished(() => void receiver.kill());
    let printed = '';
    receiver.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    const server = `http://127.0.0.1:${port}/boomsync`;
    await answering(server);

    const genuine = await connectionOf({ connector: 'webhook', server, credentials: { secret: SECRET } });
    const forged = await connectionOf({
      connector: 'webhook',
      server,
      credentials: { secret: `whsec_${Buffer.alloc(32, 'x').toString('base64')}` },
    });
    const fields = await genuine.desire('applicant', scopeOf());
    const person = {
      tenantId: 't1',
      place: 'p1',
      key: 'bs-1',
      firstName: 'Ana',
      lastName: null,
      email: null,
      phone: null,
      fields,
    };
    expect((await faultOf(forged.connector.create('applicant', fields, 'key', person))).kind).toBe(
      'unauthorized',
    );
    expect(printed).toBe('');
    await genuine.connector.create('applicant', fields, 'key', person);
    await expect.poll(() => printed).toContain("id: 't1/p1'");
  });

  async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  async function answering(url: string): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      if (await fetch(url).catch(() => null)) return;
      await sleep(25);
    }
    throw new Error('the example does not listen');
  }
});
