/** Looks at everything that boomsync stands on. It changes nothing, sends nothing, and needs no server. */
import type { Config } from '../../config/config.ts';
import type { Connection } from '../../connect/connection.ts';
import type { Stores } from '../../store/stores.ts';
import { doctor as words } from '../../words/en/doctor.ts';
import { backupFacts } from '../backup/state.ts';
import { checkAddress } from './address.ts';
import { checkAlerts } from './alerts.ts';
import { checkBackups } from './backup.ts';
import { checkBoom, checkKeys } from './boom.ts';
import { checkClock } from './clock.ts';
import { checkDisk, checkFiles } from './computer.ts';
import { checkRights } from './connections.ts';
import { checkDatabase } from './database.ts';
import { broken, type Finding, type Grade, good, look } from './finding.ts';
import { checkNode, checkPackages } from './versions.ts';

export interface DoctorSources {
  /** The folder of boomsync. */
  root: string;
  config: Config;
  /** How many faults the configuration has. With any, its secrets are not there, and nothing that needs them is asked. */
  faults: number;
  connections: readonly Connection[];
  /** Null where there is no database that can be read. */
  stores: Stores | null;
  running: boolean;
  now: () => Date;
}

export interface Examination {
  findings: Finding[];
  counts: Record<Grade, number>;
}

/** The worst first; within a grade in the order in which one thing rests on another. */
export async function examine(sources: DoctorSources): Promise<Examination> {
  const { root, config, faults, running } = sources;
  const found = await Promise.all([
    faults > 0
      ? broken('config', words.config.faults(faults), words.config.remedy)
      : good('config', words.config.good),
    running ? good('server', words.server.good) : look('server', words.server.stopped, words.server.remedy),
    checkNode(process.versions.node),
    checkPackages(root),
    checkDisk(config),
    checkFiles(config),
    checkDatabase(config.databaseFile),
    backups(sources),
    ...(faults > 0 ? [] : withSecrets(sources)),
  ]);
  const findings = GRADES.flatMap((grade) => found.flat().filter((one) => one.grade === grade));
  const count = (grade: Grade) => findings.filter((one) => one.grade === grade).length;
  return {
    findings,
    counts: {
      broken: count('broken'),
      look: count('look'),
      unknown: count('unknown'),
      good: count('good'),
    },
  };
}

export const GRADES: readonly Grade[] = ['broken', 'look', 'unknown', 'good'];

function withSecrets({ config, connections, stores, running, now }: DoctorSources) {
  const { accounts, alerts } = config;
  return [
    checkClock(
      accounts.flatMap(({ api }) => (api === null ? [] : [api.baseUrl])),
      now,
    ),
    checkAddress(config, running, now),
    checkKeys(accounts),
    ...accounts.map(checkBoom),
    ...connections.map(checkRights),
    (async () => checkAlerts(alerts.channels, (await stores?.outbox.channels()) ?? []))(),
  ];
}

async function backups({ stores, config, now }: DoctorSources): Promise<Finding[]> {
  return stores === null ? [] : [checkBackups(await backupFacts({ stores, config, now }), now())];
}
