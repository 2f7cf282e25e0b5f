/** Who is told, as the file says now, and how each channel fares. */
import { z } from 'zod';
import type { AlertsConfig } from '../../../config/config.ts';
import { readAlerts } from '../../../config/read-alerts.ts';
import { alertsState } from '../../../operate/alerts/state.ts';
import type { At } from '../../contract.ts';

export const KINDS = ['mail', 'ntfy', 'url'] as const;

const time = z.string().describe('UTC ISO 8601');

export const alertsView = z.object({
  channels: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(KINDS),
      /** Addresses of mail, or a host; null where it cannot be read. */
      where: z.string().nullable(),
      /** False: it counts once it is taken up. */
      inForce: z.boolean(),
      waiting: z.number(),
      lastSentAt: time.nullable(),
      failing: z.object({ error: z.string(), attempts: z.number(), nextAttemptAt: time }).nullable(),
      gaveUpAt: time.nullable(),
    }),
  ),
  open: z.array(z.object({ title: z.string(), since: time })),
  quietHours: z.object({ from: z.string(), to: z.string() }).nullable(),
  weekly: z.string().nullable(),
  heartbeatMinutes: z.number().nullable(),
  /** The file says something else than what counts now. */
  changedSince: z.boolean(),
  /** Of the file, without its values; null: it is well. */
  fault: z.string().nullable(),
});
export type AlertsView = z.output<typeof alertsView>;

export async function readAlertsView({ config, stores, alerts: asNow }: At): Promise<AlertsView> {
  const counts = asNow();
  const { alerts: inFile, faults } = await readAlerts(config.configDir);
  const alerts = inFile ?? counts;
  const { channels, open, ...times } = await alertsState({ config: { alerts }, stores });
  return {
    channels: channels.map((channel) => {
      const { name, kind } = channel;
      return {
        ...channel,
        where: whereOf(alerts, name),
        inForce: isInForce(counts, alerts, name, kind),
      };
    }),
    open: open.map(({ title, openedAt }) => ({ title, since: openedAt })),
    ...times,
    changedSince: inFile !== null && JSON.stringify(inFile) !== JSON.stringify(counts),
    fault: faults[0]?.message ?? null,
  };
}

/** The rest of an address is often as good as a key. */
function whereOf({ channels }: AlertsConfig, name: string): string | null {
  const channel = channels.find((one) => one.name === name);
  if (channel === undefined) return null;
  if (channel.kind === 'mail') return channel.where;
  return URL.canParse(channel.url) ? new URL(channel.url).host : null;
}

function isInForce(running: AlertsConfig, inFile: AlertsConfig, name: string, kind: string): boolean {
  const of = ({ channels }: AlertsConfig) =>
    JSON.stringify(channels.find((one) => one.name === name && one.kind === kind) ?? null);
  return of(running) === of(inFile);
}
