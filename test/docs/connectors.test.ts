import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectorPlace } from '../../src/config/connector-place.ts';
import { type Fault, formatFaults } from '../../src/config/fault.ts';
import type { CompiledManifest } from '../../src/connect/compile-manifest.ts';
import { connectorIds, loadManifest, ownPackage } from '../../src/connect/manifest-files.ts';
import { connectionOf, faultOf, scopeOf } from '../connect/support.ts';
import { fieldsPart } from './connector-fields.ts';
import { glancePart } from './connector-glance.ts';
import { indexPart } from './connector-index.ts';
import { stagesPart } from './connector-stages.ts';
import { expectPart, ROOT, readDoc } from './generated.ts';

const TEST = 'test/docs/connectors.test.ts';
const INDEX = 'docs/connectors/README.md';

/** Every connector that is shipped, as it is loaded. */
async function shipped(): Promise<CompiledManifest[]> {
  const own = ownPackage();
  const faults: Fault[] = [];
  const all: CompiledManifest[] = [];
  for (const id of connectorIds(own).sort()) {
    const loaded = await loadManifest(connectorPlace(id, ROOT, own.connectorsDir), own, faults, []);
    if (loaded !== null) all.push(loaded.compiled);
  }
  if (faults.length > 0) throw new Error(formatFaults(faults));
  return all;
}

const SHIPPED = await shipped();

const titleOf = (page: string) => /^# (.+)$/m.exec(readDoc(page))?.[1] ?? '';

describe.each(SHIPPED.map((compiled) => [compiled.manifest.id, compiled] as const))(
  'docs/connectors/%s.md',
  (id, compiled) => {
    const page = `docs/connectors/${id}.md`;
    const { manifest } = compiled;

    it('tells what it can do, as its manifest has it', () => {
      expectPart(page, 'glance', glancePart(manifest), TEST);
    });

    it('shows every field, as its manifest has it', async () => {
      expectPart(page, 'fields', await fieldsPart(compiled), TEST);
    });

    it('shows what becomes of each decision, as its manifest has it', () => {
      expectPart(page, 'stages', stagesPart(manifest), TEST);
    });

    it('shows every word of the PMS that may be set', () => {
      const words = Object.values(manifest.kinds.applicant?.status ?? {});
      expect(words.filter((word) => !stagesPart(manifest).includes(`\`${word}\``))).toEqual([]);
    });
  },
);

describe(INDEX, () => {
  it('lists every connector, as its manifest has it', () => {
    const manifests = SHIPPED.map(({ manifest }) => manifest);
    const titles = new Map(manifests.map(({ id }) => [id, titleOf(`docs/connectors/${id}.md`)]));
    expectPart(INDEX, 'connectors', indexPart(manifests, titles), TEST);
  });

  it('says of each for whom it is, what it cannot do, and what is inferred', () => {
    const rows = readDoc(INDEX)
      .split('\n')
      .filter((line) => /^\| \[[^\]]+\]\([a-z-]+\.md\) +\| [^`]/.test(line));
    const named = rows.map((row) => /\(([a-z-]+)\.md\)/.exec(row)?.[1]);
    expect(named.sort()).toEqual(SHIPPED.map(({ manifest }) => manifest.id).sort());
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
