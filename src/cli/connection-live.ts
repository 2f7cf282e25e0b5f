/** `connection live`: shows once more what would change over there, asks, and writes from now on. */
import { setMode } from '../config/edit-connection.ts';
import { shownCreates } from '../operate/shown-creates.ts';
import { confirm } from './confirm.ts';
import { Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { configuredConnection, readConnections } from './home.ts';
import { createOutput } from './output.ts';
import { peopleOf, previewText } from './preview.ts';
import { checkEdited, takeUp } from './take-up.ts';

export async function goLive(name: string, { json, yes }: { json?: boolean; yes?: boolean }): Promise<void> {
  const output = createOutput(json === true);
  const { config, connection } = await configuredConnection(name);
  const mode = (await readConnections(config, true)).find((one) => one.name === name)?.mode;
  if (mode === 'live')
    throw new Failure(
      'already_live',
      `${name} is live already`,
      'See what it will do next with: boomsync preview',
    );

  const preview = await handOver('preview', { tenantId: null, connection: name }, output);
  const people = await peopleOf(preview.records.map(({ tenantId }) => tenantId));
  output.say(previewText(preview, people, false));
  const failure = preview.connections.find((one) => one.failure !== null)?.failure;
  if (failure) throw new Failure('not_shown', failure.message.replace(/\.$/, ''), failure.remedy);
  await confirm(`Write all of this to ${preview.connections[0]?.label ?? name}, from now on?`, yes === true);

  const shown = shownCreates(preview);
  if (shown.length > 0) await handOver('approve', { connection: name, tenantIds: null, shown }, output);
  checkEdited(await setMode(connection.file, 'live'));
  const takenUp = await takeUp(output);
  output.result({ connection: name, mode: 'live', shown: preview.counts, takenUp }, () =>
    takenUp
      ? `${name} is live. See how it goes with: boomsync status`
      : `${name} is live from the next start: npm start`,
  );
}
