/**
 * What a configuration sets, for whoever helps: kinds, modes and numbers as they are; whatever a landlord wrote in words
 * of their own (names, addresses, units, expressions) and every secret as how many there are.
 */
import type { Config, ConnectionConfig } from '../../config/config.ts';

export interface ConfigOutline {
  timezone: string;
  logLevel: string;
  listensToOthers: boolean;
  publicAddress: boolean;
  schedules: { resync: string | null; backup: string | null; retention: string | null };
  backup: { daily: number; weekly: number };
  retentionDays: Record<'bodies' | 'failedBodies' | 'attempts' | 'decisions' | 'applicants', number | null>;
  alerts: { kinds: string[]; quietHours: boolean; weekly: boolean; heartbeat: boolean };
  accounts: { environment: string; keys: number; bareRent: string; country: string; api: boolean }[];
  connections: ReturnType<typeof connectionOutline>[];
}

const DAY_MS = 24 * 60 * 60_000;
const days = (ms: number | null) => (ms === null ? null : Math.round(ms / DAY_MS));

export function configOutline(config: Config): ConfigOutline {
  const { retention, backup, alerts } = config;
  return {
    timezone: config.timezone,
    logLevel: config.logLevel,
    listensToOthers: !['127.0.0.1', '::1', 'localhost'].includes(config.host),
    publicAddress: config.publicUrl !== null,
    schedules: { resync: config.resyncSchedule, backup: backup.schedule, retention: retention.schedule },
    backup: { daily: backup.keep.daily, weekly: backup.keep.weekly },
    retentionDays: {
      bodies: days(retention.bodiesMs),
      failedBodies: days(retention.failedBodiesMs),
      attempts: days(retention.attemptsMs),
      decisions: days(retention.decisionsMs),
      applicants: days(retention.applicantsMs),
    },
    alerts: {
      kinds: alerts.channels.map(({ kind }) => kind),
      quietHours: alerts.quietHours !== null,
      weekly: alerts.weekly !== null,
      heartbeat: alerts.heartbeat !== null,
    },
    accounts: config.accounts.map(({ environment, webhookKeys, bareRent, country, api }) => ({
      environment,
      keys: webhookKeys.length,
      bareRent,
      country,
      api: api !== null,
    })),
    connections: config.connections.map(connectionOutline),
  };
}

function connectionOutline(connection: ConnectionConfig) {
  const { mode, server, takes, create, notes, createsPerDay, decisionDelayMinutes, onEnd } = connection;
  const fields = Object.values(connection.fields);
  return {
    mode,
    server: server === 'production' || server === 'sandbox' ? server : server === null ? null : 'own',
    credentials: Object.keys(connection.credentials).length,
    takes: takes !== null,
    create,
    notes,
    createsPerDay,
    decisionDelayMinutes,
    onEnd: { ...onEnd },
    units: Object.keys(connection.units).length,
    fields: {
      owned: fields.filter(({ owner }) => owner !== undefined).length,
      written: fields.filter(({ from }) => from !== undefined).length,
      off: fields.filter(({ off }) => off === true).length,
    },
  };
}
