/** What is set, what is open, what was sent last and what failed: for the terminal and the page of settings. */
import type { ChannelConfig, Config } from '../../config/config.ts';
import type { OpenAlert } from '../../store/alerts.ts';
import type { ChannelState } from '../../store/outbox.ts';
import type { Stores } from '../../store/stores.ts';

export interface AlertsState {
  channels: (Pick<ChannelConfig, 'name' | 'kind' | 'where'> & Omit<ChannelState, 'channel'>)[];
  open: Omit<OpenAlert, 'items'>[];
  /** As they were written: `22:00`. */
  quietHours: { from: string; to: string } | null;
  /** `monday 08:00`. */
  weekly: string | null;
  /** Minutes between two of them; null: none is sent. */
  heartbeatMinutes: number | null;
}

const NOTHING = { waiting: 0, lastSentAt: null, failing: null, gaveUpAt: null };

export async function alertsState({
  config: { alerts },
  stores,
}: {
  config: Pick<Config, 'alerts'>;
  stores: Pick<Stores, 'alerts' | 'outbox'>;
}): Promise<AlertsState> {
  const known = await stores.outbox.channels();
  const { quietHours, weekly, heartbeat } = alerts;
  return {
    channels: alerts.channels.map(({ name, kind, where }) => {
      const { channel: _, ...state } = known.find(({ channel }) => channel === name) ?? {
        channel: name,
        ...NOTHING,
      };
      return { name, kind, where, ...state };
    }),
    open: (await stores.alerts.open()).map(({ items: _, ...alert }) => alert),
    quietHours: quietHours === null ? null : { from: clockOf(quietHours.from), to: clockOf(quietHours.to) },
    weekly: weekly?.text ?? null,
    heartbeatMinutes: heartbeat === null ? null : heartbeat.everyMs / 60_000,
  };
}

function clockOf(minute: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
