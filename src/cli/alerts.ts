import { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { type AlertsState, alertsState } from '../operate/alerts/state.ts';
import { type TestedChannel, testChannel } from '../operate/alerts/test-channel.ts';
import { type Exit, Failure } from './failure.ts';
import { addressOf, readConfig, runningServer, withReader } from './home.ts';
import { createOutput, moment, table } from './output.ts';
import { plain } from './plain.ts';

const HOW = 'See how in docs/alerts.md: "alerts" in config/boomsync.yaml.';

function channelRow(channel: AlertsState['channels'][number], timezone: string): (string | number)[] {
  const { name, kind, where, waiting, lastSentAt, failing, gaveUpAt } = channel;
  const fails =
    failing === null
      ? ''
      : `${failing.error.replaceAll('_', ' ')}, tried ${failing.attempts}×, again ${moment(failing.nextAttemptAt, timezone)}`;
  const given = gaveUpAt === null ? '' : `one was given up ${moment(gaveUpAt, timezone)}`;
  const trouble = [fails, given].filter(Boolean).join('; ');
  return [name, kind, where, moment(lastSentAt, timezone), waiting, trouble];
}

function text(state: AlertsState, timezone: string): string {
  const { channels, open, quietHours, weekly, heartbeatMinutes } = state;
  const told =
    channels.length === 0
      ? [`No alert is set; you would not hear of trouble. ${HOW}`]
      : [
          table(
            ['channel', 'kind', 'to', 'last sent', 'waiting', 'trouble'],
            channels.map((channel) => channelRow(channel, timezone)),
          ),
          '',
          ...(open.length === 0
            ? ['Nothing is open.']
            : open.map(({ title, openedAt }) => plain(`▲ ${title}, since ${moment(openedAt, timezone)}`))),
          '',
          `Quiet hours: ${quietHours === null ? 'none' : `${quietHours.from} to ${quietHours.to}`}`,
          `Weekly: ${weekly ?? 'never'}`,
        ];
  const beats = heartbeatMinutes === null ? 'none' : `every ${heartbeatMinutes} minutes`;
  return [...told, `Heartbeat: ${beats}`].join('\n');
}

async function show({ json }: { json?: boolean }): Promise<void> {
  await withReader(async ({ stores, config }) => {
    const state = await alertsState({ stores, config });
    createOutput(json === true).result(state, () => text(state, config.timezone));
  });
}

function chosen({ alerts: { channels } }: Config, name: string | undefined) {
  if (channels.length === 0) throw new Failure('no_alerts', 'No alert is set', HOW);
  if (name === undefined) return channels;
  const found = channels.filter((channel) => channel.name === name);
  if (found.length > 0) return found;
  const known = channels.map((channel) => channel.name).join(', ');
  throw new Failure('unknown_channel', `There is no channel ${name}`, `They are: ${known}`);
}

function testedText({ channel, ok, answer, remedy }: TestedChannel): string {
  const said = plain(answer);
  return ok ? `● ${channel}: sent. Answer: ${said}` : `▲ ${channel}: ${said}\n  → ${plain(remedy ?? '')}`;
}

async function test(exit: Exit, name: string | undefined, { json }: { json?: boolean }): Promise<void> {
  const config = await readConfig('all');
  const channels = chosen(config, name);
  const server = runningServer(config);
  const base = config.publicUrl ?? (server && addressOf(server));
  const tested = await Promise.all(
    channels.map((channel) => testChannel(channel, { base, now: () => new Date() })),
  );
  createOutput(json === true).result({ channels: tested }, () => tested.map(testedText).join('\n'));
  if (tested.some(({ ok }) => !ok)) exit.code = 1;
}

export function alertsCommand(exit: Exit): Command {
  const command = new Command('alerts')
    .description('who is told when something needs you, what is open, and what could not be sent')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  $ boomsync alerts
  $ boomsync alerts test            send a real message by every channel, now
  $ boomsync alerts test mail       by one of them

Exit codes of test: 0 all were taken, 1 one was not.`,
    )
    .action(show);
  command
    .command('test')
    .description('send a real message now, and say what was answered')
    .argument('[channel]', 'its name; without one, all')
    .option('--json', 'print one JSON document')
    .action((name: string | undefined, _options: unknown, self: Command) =>
      test(exit, name, self.optsWithGlobals()),
    );
  return command;
}
