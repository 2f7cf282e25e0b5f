/** What the suite is run over: a connector by its id, its folder or its package, with its fake. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ConnectorPlace, connectorPlace } from '../config/connector-place.ts';
import type { Fault } from '../config/fault.ts';
import type { Kind } from '../connect/contract.ts';
import type { Manifest } from '../connect/manifest.ts';
import { type LoadedManifest, loadManifest, ownPackage } from '../connect/manifest-files.ts';
import { type Trial, tryOut } from '../connect/trial.ts';
import type { FakeFactory } from './fake.ts';

export interface Subject {
  /** What a configuration says under `connector:`. */
  connector: string;
  manifest: Manifest;
  /** Loaded once for all cases, by its folder. */
  loaded: Map<string, LoadedManifest | null>;
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
  const own = ownPackage();
  const place = connectorPlace(target, process.cwd(), own.connectorsDir);
  const file = join(place.folder, 'manifest.yaml');
  if (!existsSync(file))
    return faulty(file, 'there is no such connector', 'See them with: boomsync connector list');
  const faults: Fault[] = [];
  const trials: Trial[] = [];
  const loaded = await loadManifest(place, own, faults, trials);
  await tryOut(trials);
  if (loaded === null || faults.length > 0) return { ok: false, faults };
  const code = fakeOf(place);
  if (code === null)
    return faulty(
      join(place.folder, 'fake.mjs'),
      'missing: the suite needs a fake of the PMS to try the connector on',
      'See docs/connectors/write-your-own.md, or let "boomsync connector new" write one',
    );
  const module: { default?: unknown } = await import(pathToFileURL(code).href);
  if (typeof module.default !== 'function')
    return faulty(code, 'must export a function by default: (now, dataDir) => FakePms', null);
  const connector = place.from === 'boomsync' ? target : place.folder;
  return {
    ok: true,
    subject: {
      ...subjectOf(loaded.compiled.manifest, module.default as FakeFactory),
      connector,
      loaded: new Map([[place.folder, loaded]]),
    },
  };
}

function fakeOf({ folder, from }: ConnectorPlace): string | null {
  const { codeDir, extension } = ownPackage();
  const file =
    from === 'boomsync' ? join(codeDir, basename(folder), `fake${extension}`) : join(folder, 'fake.mjs');
  return existsSync(file) ? file : null;
}

function subjectOf(manifest: Manifest, factory: FakeFactory): Omit<Subject, 'connector' | 'loaded'> {
  const { kinds, byHand, creates, updates } = manifest.capabilities;
  const kind = kinds.includes('applicant') ? 'applicant' : 'tenant';
  const fake = factory(() => new Date(), '');
  return {
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

function faulty(file: string, message: string, suggestion: string | null): LoadedSubject {
  return { ok: false, faults: [{ file, line: null, path: '', message, suggestion }] };
}
