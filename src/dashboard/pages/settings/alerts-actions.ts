/** Who is told: a channel is drawn up, tried, written, or taken away. */
import { z } from 'zod';
import type { ChannelConfig } from '../../../config/config.ts';
import {
  drawUpChannel,
  drawUpRemoval,
  type NewChannel,
  removeChannel,
  type Written,
  writeChannel,
} from '../../../config/edit-alerts.ts';
import type { Fault } from '../../../config/fault.ts';
import { readAlerts } from '../../../config/read-alerts.ts';
import { testChannel } from '../../../operate/alerts/test-channel.ts';
import type { Reloaded } from '../../../operate/reload.ts';
import { type Action, type At, action, type Said } from '../../contract.ts';
import { optional, ticked, whole } from '../../forms.ts';
import { faultSaid as fileFaultSaid } from '../connection/take-up.ts';
import { forgetPending, keepPending, pending } from './pending.ts';

const HERE = '/settings/alerts';

const filled = z.string().trim().min(1).max(2000);
/** Several in one field, as people write them. */
const mailboxes = filled.transform((text) => text.split(/[\s,;]+/).filter(Boolean));

async function draft(given: NewChannel, at: At): Promise<Said> {
  const change = await drawUpChannel(at.config.configDir, given);
  if ('faults' in change) return { ...faultSaid(change.faults, at), to: `${HERE}/add/${given.kind}` };
  return { ok: true, text: at.words.settings.drawnUp, to: `${HERE}/change/${keepPending(change, at)}` };
}

/** Of what was filled in: its place in the file is none of the landlord's yet. */
function faultSaid([fault]: readonly Fault[], { words }: At): Said {
  const remedy = fault?.suggestion ?? undefined;
  return {
    ok: false,
    text: words.settings.wrongAlert(fault?.message ?? words.frame.failed),
    ...(remedy === undefined ? {} : { remedy }),
  };
}

async function tried(channel: ChannelConfig, { config, now, words }: At): Promise<Said> {
  const { ok, answer, remedy } = await testChannel(channel, { base: config.publicUrl, now });
  const { settings } = words;
  if (ok) return { ok, text: settings.tested(channel.name), remedy: settings.answered(answer) };
  return { ok, text: settings.notTaken(channel.name, answer), ...(remedy === null ? {} : { remedy }) };
}

async function writtenSaid(written: Written, text: string, at: At): Promise<Said> {
  if (written === 'changed') return { ok: false, text: at.words.settings.fileChanged, to: HERE };
  return await takenUp(text, at);
}

/** What the file says counts from now on; where any of the files has a fault, all stays as it was. */
async function takenUp(text: string, at: At): Promise<Said> {
  const { reloaded, faults } = (await at.commands.run('reload', {})) as Reloaded;
  if (faults.length > 0) return { ...fileFaultSaid(faults, at), to: HERE };
  return { ok: true, text, ...(reloaded ? {} : { remedy: at.words.settings.startAgain }), to: HERE };
}

export const alertActions: readonly Action[] = [
  action({
    name: 'draft_mail_alert',
    role: 'owner',
    about: 'Draws up a mail channel for alerts; nothing is written yet',
    input: z.object({
      host: filled,
      port: whole.min(1).max(65535).default(587),
      secure: ticked,
      user: optional,
      password: optional,
      from: filled,
      to: mailboxes,
    }),
    run: (given, at) => draft({ kind: 'mail', ...given }, at),
  }),
  action({
    name: 'draft_ntfy_alert',
    role: 'owner',
    about: 'Draws up an ntfy channel for alerts; nothing is written yet',
    input: z.object({ url: filled, token: optional }),
    run: (given, at) => draft({ kind: 'ntfy', ...given }, at),
  }),
  action({
    name: 'draft_url_alert',
    role: 'owner',
    about: 'Draws up a channel for alerts that posts to an address; nothing is written yet',
    input: z.object({ url: filled, secret: optional }),
    run: (given, at) => draft({ kind: 'url', ...given }, at),
  }),
  action({
    name: 'try_new_alert',
    role: 'owner',
    about: 'Sends a real message by a channel that was drawn up, and says what was answered',
    input: z.object({ id: z.string() }),
    run: async ({ id }, at) => {
      const change = pending(id, at);
      return change === null
        ? { ok: false, text: at.words.settings.draftGone, to: HERE }
        : await tried(change.channel, at);
    },
  }),
  action({
    name: 'write_alert',
    role: 'owner',
    about:
      'Writes a channel that was drawn up into config/boomsync.yaml, and its secrets into files of their own',
    input: z.object({ id: z.string() }),
    async run({ id }, at) {
      const change = pending(id, at);
      if (change === null) return { ok: false, text: at.words.settings.draftGone, to: HERE };
      forgetPending(id);
      const written = await writeChannel(at.config.configDir, change);
      return await writtenSaid(written, at.words.settings.alertWritten(change.channel.name), at);
    },
  }),
  action({
    name: 'take_up_alerts',
    role: 'owner',
    about: 'Lets count what config/boomsync.yaml says of alerts now',
    input: z.object({}),
    run: (_given, at) => takenUp(at.words.settings.takenUp, at),
  }),
  action({
    name: 'test_alert',
    role: 'owner',
    about: 'Sends a real message by a channel, now, and says what was answered',
    input: z.object({ channel: z.string() }),
    async run({ channel: name }, at) {
      const { alerts, faults } = await readAlerts(at.config.configDir);
      if (faults.length > 0) return faultSaid(faults, at);
      const channel = alerts?.channels.find((one) => one.name === name);
      return channel === undefined
        ? { ok: false, text: at.words.settings.alertGone }
        : await tried(channel, at);
    },
  }),
  action({
    name: 'remove_alert',
    role: 'owner',
    about: 'Takes a channel out of config/boomsync.yaml, and the files of ours that held its secrets away',
    input: z.object({ channel: z.string() }),
    async run({ channel }, at) {
      const { configDir } = at.config;
      const removal = await drawUpRemoval(configDir, channel);
      if (removal === null) return { ok: false, text: at.words.settings.alertGone, to: HERE };
      if ('faults' in removal) return faultSaid(removal.faults, at);
      const written = await removeChannel(configDir, removal);
      return await writtenSaid(written, at.words.settings.alertRemoved(channel), at);
    },
  }),
];
