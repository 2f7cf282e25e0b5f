/** The configuration as the rest of the program sees it: frozen, checked, every secret resolved. */
import type { AddressRange } from './address-range.ts';

export interface AccountConfig {
  name: string;
  environment: 'production' | 'sandbox';
  /** Every key that is accepted now; several while one is being rotated. */
  webhookKeys: string[];
  /** How to read a rent that Boom sends without a unit. */
  bareRent: 'dollars' | 'cents';
  currency: string;
  country: string;
  /** Boom's partner API; null where the landlord gave no keys. */
  api: BoomApiConfig | null;
}

export interface BoomApiConfig {
  baseUrl: string;
  accessKey: string;
  secretKey: string;
  /** Boom's enhanced security: the access key is shown with every request. */
  sendAccessKey: boolean;
}

export interface ConnectionConfig {
  /** The file's name without `.yaml`. */
  name: string;
  /** The file, for messages. */
  file: string;
  connector: string;
  /** What this landlord calls it; null: what the connector calls itself. */
  label: string | null;
  mode: 'preview' | 'live' | null;
  /** `production`, `sandbox` or an address; null means the manifest's first. */
  server: string | null;
  /** Resolved: secrets included. Never logged, never hashed into a revision. */
  credentials: Record<string, string>;
  /** A JSONata expression over the mapping scope; null takes everyone. */
  takes: string | null;
  create: 'never' | 'applicant' | 'tenant';
  /** Whether notes are written; null: only where the connector proves that staff alone read them. */
  notes: boolean | null;
  createsPerDay: number;
  decisionDelayMinutes: number;
  onEnd: Record<'declined' | 'canceled' | 'merged' | 'moved_out', 'status' | 'annotate' | 'nothing'>;
  /** Boom's unit (`property / unit`, or Boom's external id or id) to the PMS's unit id. */
  units: Record<string, string>;
  /** Per PMS field: who owns it, or another expression, or `off` to leave it out. */
  fields: Record<string, { owner?: 'boom' | 'pms' | 'fill' | 'ask'; from?: string; off?: boolean }>;
}

export interface BackupConfig {
  /** A cron expression in `timezone`; null: only by command. */
  schedule: string | null;
  keep: { daily: number; weekly: number };
  /** Absolute. */
  folder: string;
  /** Resolved; null where there is none, and for a command that needs none. Never logged. */
  passphrase: string | null;
}

/** How long something is kept, in milliseconds; null: for good. */
export interface RetentionConfig {
  /** A cron expression in `timezone`; null: only by command. */
  schedule: string | null;
  bodiesMs: number | null;
  failedBodiesMs: number | null;
  attemptsMs: number | null;
  decisionsMs: number | null;
  /** Of whoever applied and never moved in, since Boom last spoke of them. */
  applicantsMs: number | null;
}

/** How the landlord is told that something needs them. */
export interface AlertsConfig {
  channels: ChannelConfig[];
  /** Minutes of the day in `timezone`; `from` may be after `to`: over midnight. */
  quietHours: { from: number; to: number } | null;
  /** `monday 08:00`; `weekday`: 0 is Sunday; `minute` of the day. */
  weekly: { text: string; weekday: number; minute: number } | null;
  heartbeat: { url: string; everyMs: number } | null;
}

interface ChannelBase {
  name: string;
  /** Whom or what it reaches, to be shown: addresses of mail, a host, or the name of the secret that holds it. */
  where: string;
}

export type ChannelConfig =
  | (ChannelBase & {
      kind: 'mail';
      host: string;
      port: number;
      /** TLS from the first byte. */
      secure: boolean;
      login: { user: string; password: string } | null;
      from: string;
      to: string[];
    })
  | (ChannelBase & { kind: 'ntfy'; url: string; token: string | null })
  /** `secret` signs: `whsec_` and base64. */
  | (ChannelBase & { kind: 'url'; url: string; secret: string | null });

export interface Config {
  /** Where `config/` and `data/` live (`BOOMSYNC_HOME`). */
  home: string;
  configDir: string;
  dataDir: string;
  /** The SQLite file. */
  databaseFile: string;
  host: string;
  port: number;
  /** Whose word it is believed where a request came from. */
  trustedProxies: AddressRange[];
  publicUrl: string | null;
  timezone: string;
  accounts: AccountConfig[];
  /** A cron expression in `timezone`; null: only by command. */
  resyncSchedule: string | null;
  backup: BackupConfig;
  retention: RetentionConfig;
  alerts: AlertsConfig;
  connections: ConnectionConfig[];
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}
