/** Whether somebody would hear of trouble. Nothing is sent. */
import type { ChannelConfig } from '../../config/config.ts';
import type { ChannelState } from '../../store/outbox.ts';
import { doctor as words } from '../../words/en/doctor.ts';
import { SendFailure } from '../alerts/send.ts';
import { broken, type Finding, good, look, unknown } from './finding.ts';

/** `states`: how the channels fare, as far as it is known. */
export async function checkAlerts(
  channels: readonly ChannelConfig[],
  states: readonly ChannelState[],
): Promise<Finding[]> {
  if (channels.length === 0) return [look('alerts', words.alerts.none, words.alerts.noneRemedy)];
  return await Promise.all(
    channels.map((channel) => {
      const failing = states.find((state) => state.channel === channel.name)?.failing?.error ?? null;
      return checkChannel(channel, failing);
    }),
  );
}

async function checkChannel(channel: ChannelConfig, failing: string | null): Promise<Finding> {
  const { name, kind } = channel;
  const check = `alerts-${name}`;
  const said = words.alerts;
  if (kind === 'mail') {
    try {
      // Loaded only here: a server that sends no mail does without.
      const { verifyMail } = await import('../alerts/mail.ts');
      await verifyMail(channel);
    } catch (error) {
      // What the server answers may quote an address.
      return broken(check, said.refused(name), error instanceof SendFailure ? error.remedy : said.try(name));
    }
  }
  if (failing !== null) return look(check, said.failing(name, failing), said.try(name));
  return kind === 'mail' ? good(check, said.mail(name)) : unknown(check, said.untried(name), said.try(name));
}
