/** How each connection fares: a failure of the PMS or its key is the connection's own, nobody's attempt. */
import type { Knex } from 'knex';
import type { PushErrorKind } from '../http/push-error.ts';
import { lastConfirmed } from './last-confirmed.ts';

export interface ConnectionHealth {
  name: string;
  /** `broken`: unreachable, refused or under maintenance; it is probed until it answers. */
  state: 'working' | 'broken';
  /** Of the failure; null while it works. */
  kind: PushErrorKind | null;
  message: string | null;
  remedy: string | null;
  since: string;
  /** Nothing is sent before this time: the next probe, or what the PMS asked us to wait. */
  waitUntil: string | null;
  /** How often it was probed in vain. */
  probes: number;
  /** When the landlord paused it; null: it is at work. Nothing is sent and nothing dropped meanwhile. */
  pausedAt: string | null;
  /** `restored`: since a backup was restored what stands there may be newer than what we know; null: by the landlord. */
  pausedWhy: PausedWhy | null;
}

export type PausedWhy = 'restored';

/** The name under which the health of an account's API is kept, beside those of the connections. */
export function healthName(account: string): string {
  return `boom/${account}`;
}

export interface ConnectionStore {
  get(name: string): Promise<ConnectionHealth | null>;
  all(): Promise<ConnectionHealth[]>;
  /** All but the pause. */
  save(health: Omit<ConnectionHealth, 'pausedAt' | 'pausedWhy'>): Promise<void>;
  /** When this PMS last showed something that we wrote or looked for; null: not among its last tries. */
  lastConfirmed(name: string): Promise<string | null>;
  /** With null it is resumed. */
  pause(name: string, at: string | null, why?: PausedWhy): Promise<void>;
}

interface Row {
  name: string;
  state: 'working' | 'broken';
  kind: PushErrorKind | null;
  message: string | null;
  remedy: string | null;
  since: string;
  wait_until: string | null;
  probes: number;
  paused_at: string | null;
  paused_why: PausedWhy | null;
}

function fromRow(row: Row): ConnectionHealth {
  return {
    name: row.name,
    state: row.state,
    kind: row.kind,
    message: row.message,
    remedy: row.remedy,
    since: row.since,
    waitUntil: row.wait_until,
    probes: row.probes,
    pausedAt: row.paused_at,
    pausedWhy: row.paused_why,
  };
}

export function createConnectionStore(knex: Knex): ConnectionStore {
  return {
    async get(name) {
      const row: Row | undefined = await knex('connections').where({ name }).first();
      return row ? fromRow(row) : null;
    },
    async all() {
      const rows: Row[] = await knex('connections').orderBy('name').select();
      return rows.map(fromRow);
    },
    async save({ name, state, kind, message, remedy, since, waitUntil, probes }) {
      await knex('connections')
        .insert({ name, state, kind, message, remedy, since, wait_until: waitUntil, probes })
        .onConflict('name')
        .merge();
    },
    lastConfirmed: (name) => lastConfirmed(knex, name),
    async pause(name, at, why) {
      await knex('connections')
        .insert({
          name,
          state: 'working',
          since: at ?? '',
          probes: 0,
          paused_at: at,
          paused_why: why ?? null,
        })
        .onConflict('name')
        .merge(['paused_at', 'paused_why']);
    },
  };
}
