/** One connector, spoiled in one place, before one case. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeTemplate } from '../../src/cli/connector-template-fake.ts';
import { manifestTemplate } from '../../src/cli/connector-template-manifest.ts';
import type { ConnectionConfig } from '../../src/config/config.ts';
import type { Case, World } from '../../src/conform/case.ts';
import type { FakePms } from '../../src/conform/fake.ts';
import type { Homes } from '../../src/conform/home.ts';
import type { Rig } from '../../src/conform/rig.ts';
import { loadSubject, type Subject } from '../../src/conform/subject.ts';
import { type CaseResult, runCase } from '../../src/conform/suite.ts';
import type { Connector, ConnectorContext, ConnectorFactory } from '../../src/connect/contract.ts';
import type { LoadedManifest } from '../../src/connect/manifest-files.ts';

export interface Spoil {
  /** The id of the connector that is spoiled; without one, that which `boomsync connector new` writes. */
  on?: string;
  /** Replaces some of what the connector does. */
  connector?: (usual: Connector, context: ConnectorContext) => Partial<Connector>;
  /** Replaces some of what the PMS does. */
  fake?: (usual: FakePms) => Partial<FakePms>;
  /** What the engine is told that the PMS can do, in place of what it can. */
  capabilities?: Partial<LoadedManifest['compiled']['manifest']['capabilities']>;
  /** What the engine is told that the landlord wants, in place of what the case says. */
  config?: Partial<ConnectionConfig>;
  /** Replaces some of what the engine does. */
  rig?: (usual: Rig) => Partial<Rig>;
  /** The manifest of the new connector, otherwise than it is written. */
  manifest?: (text: string) => string;
}

/** The connector that `boomsync connector new` writes, in `folder`. */
export async function newSubject(
  folder: string,
  manifest: (text: string) => string = (text) => text,
  fake: (text: string) => string = (text) => text,
): Promise<Subject> {
  mkdirSync(folder);
  writeFileSync(join(folder, 'manifest.yaml'), manifest(manifestTemplate('my-pms', 'My PMS')));
  writeFileSync(join(folder, 'fake.mjs'), fake(fakeTemplate('My PMS')));
  return await shippedSubject(folder);
}

export async function shippedSubject(target: string): Promise<Subject> {
  const loaded = await loadSubject(target);
  if (!loaded.ok) throw new Error(loaded.faults.map(({ message }) => message).join('\n'));
  return loaded.subject;
}

/** What becomes of the case over `subject` so spoiled. Whether the case applies is asked of what it really can. */
export function runSpoiled(one: Case, subject: Subject, spoil: Spoil, homes: Homes): Promise<CaseResult> {
  const run = ({ open, ...world }: World) =>
    one.run({
      ...world,
      async open(options) {
        const rig = await open({ ...options, config: { ...options?.config, ...spoil.config } });
        return Object.assign(rig, spoil.rig?.(asItIs(rig)));
      },
    });
  return runCase({ ...one, run }, spoiled(subject, spoil), homes);
}

/** What it does without being spoiled, and its stores as they are at any time. */
function asItIs(rig: Rig): Rig {
  const does = Object.entries(rig).filter(([, member]) => typeof member === 'function');
  return Object.assign(Object.create(rig), Object.fromEntries(does));
}

function spoiled(subject: Subject, spoil: Spoil): Subject {
  const loaded = [...subject.loaded].map(
    ([folder, one]) => [folder, one && spoiledManifest(one, spoil)] as const,
  );
  return {
    ...subject,
    loaded: new Map(loaded),
    factory: (...given) => {
      const fake = subject.factory(...given);
      // In place, since a fake asks itself whether it is deaf.
      return Object.assign(fake, spoil.fake?.({ ...fake }));
    },
  };
}

function spoiledManifest(one: LoadedManifest, { connector, capabilities }: Spoil): LoadedManifest {
  const { manifest } = one.compiled;
  const factory: ConnectorFactory = (context, rest) => {
    const usual = one.factory === null ? rest() : one.factory(context, rest);
    return { ...usual, ...connector?.(usual, context) };
  };
  return {
    ...one,
    compiled: {
      ...one.compiled,
      manifest: { ...manifest, capabilities: { ...manifest.capabilities, ...capabilities } },
    },
    factory: connector === undefined ? one.factory : factory,
  };
}
