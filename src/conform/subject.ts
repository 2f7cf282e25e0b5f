/** What the suite is run over: a connector by its id or its folder, with its fake. */
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Fault } from '../config/fault.ts';
import { parseYaml } from '../config/yaml-faults.ts';
import type { Kind } from '../connect/contract.ts';
import { type Manifest, manifestSchema } from '../connect/manifest.ts';
import { ownPackage } from '../connect/manifest-files.ts';
import type { FakeFactory } from './fake.ts';

export interface Subject {
  /** What a configuration says under `connector:`. */
  connector: string;
  manifest: Manifest;
  factory: FakeFactory;
  /** The kind that most cases are about: applicants, where it takes them. */
  kind: Kind;
  /** Whether it can make a record of that kind at all, and change its fields. */
  creates: boolean;
  updates: boolean;
  /** It has a word there for a decision of Boom's. */
  decides: boolean;
  /** What its fake can play. */
  fake: {
    /** Staff make records, and edit them. */
    adds: boolean;
    edits: boolean;
    /** Decisions stand on an application. */
    applications: boolean;
    leases: boolean;
    tokens: boolean;
  };
}

export type LoadedSubject = { ok: true; subject: Subject } | { ok: false; faults: Fault[] };

/** `target`: the id of a shipped connector, or a folder that holds a manifest. */
export async function loadSubject(target: string): Promise<LoadedSubject> {
  const { folder, codeFolder, extensions, connector } = placeOf(target);
  const file = join(folder, 'manifest.yaml');
  if (!existsSync(file))
    return missing(file, 'there is no such connector', 'See them with: boomsync connector list');
  const parsed = parseYaml(file, readFileSync(file, 'utf8'), manifestSchema);
  if (!parsed.ok) return { ok: false, faults: parsed.faults };
  const code = extensions.map((extension) => join(codeFolder, `fake${extension}`)).find(existsSync);
  if (code === undefined)
    return missing(
      join(folder, 'fake.mjs'),
      'missing: the suite needs a fake of the PMS to try the connector on',
      'See docs/connectors/write-your-own.md, or let "boomsync connector new" write one',
    );
  const module: { default?: unknown } = await import(pathToFileURL(code).href);
  if (typeof module.default !== 'function')
    return missing(code, 'must export a function by default: (now, dataDir) => FakePms', null);
  return { ok: true, subject: subjectOf(connector, parsed.value, module.default as FakeFactory) };
}

function subjectOf(connector: string, manifest: Manifest, factory: FakeFactory): Subject {
  const { kinds, byHand, creates, updates } = manifest.capabilities;
  const kind = kinds.includes('applicant') ? 'applicant' : 'tenant';
  const fake = factory(() => new Date(), '');
  return {
    connector,
    manifest,
    factory,
    kind,
    creates: !byHand && creates.includes(kind),
    updates: !byHand && updates.includes(kind),
    decides: Object.keys(manifest.kinds[kind]?.status ?? {}).length > 0,
    fake: {
      adds: fake.add !== undefined,
      edits: fake.edit !== undefined,
      applications: fake.addApplication !== undefined,
      leases: fake.onLease !== undefined,
      tokens: fake.expireTokens !== undefined,
    },
  };
}

function placeOf(target: string) {
  const own = ownPackage();
  const isPath = isAbsolute(target) || target.startsWith('.');
  const folder = isPath ? resolve(target) : join(own.connectorsDir, target);
  return isPath
    ? { folder, codeFolder: folder, extensions: ['.mjs', '.js', '.ts'], connector: folder }
    : { folder, codeFolder: join(own.codeDir, target), extensions: [own.extension], connector: target };
}

function missing(file: string, message: string, suggestion: string | null): LoadedSubject {
  return { ok: false, faults: [{ file, line: null, path: '', message, suggestion }] };
}
