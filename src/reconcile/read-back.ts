/** Believes nothing but what the PMS shows: some answer 200 to a write that they ignored. */
import type { Fields, Remote } from '../connect/contract.ts';
import { PushError } from '../http/push-error.ts';
import type { RecordWork } from './record-work.ts';

/** The record as the PMS shows it once `changes` were written. Throws `conflict` where it does not show them. */
export async function readBack(work: RecordWork, written: Remote, changes: Fields): Promise<Remote> {
  const shown = await readWritten(work, written);
  mustShow(work, shown, changes);
  return shown;
}

/** As the PMS shows it; as it was written, where nothing can be read again. */
export async function readWritten(work: RecordWork, written: Remote): Promise<Remote> {
  const { connector, capabilities, label } = work.connection;
  if (!capabilities.readBack) return written;
  await work.step('read_back');
  const shown = await connector.read(work.wanted.kind, written.id);
  if (shown === null) {
    throw new PushError('conflict', `${label} took the record and does not show it`, {
      remedy: 'boomsync will look again.',
    });
  }
  return shown;
}

/** Remembers what is there; throws `conflict` where it is not what was sent. */
export function mustShow(work: RecordWork, shown: Remote, changes: Fields): void {
  const { capabilities, label } = work.connection;
  if (!capabilities.readBack) return;
  const refused = Object.entries(changes)
    .filter(([field, value]) => !work.rules.same(field, value, shown.fields[field]))
    .map(([field]) => field);
  work.remember(shown);
  if (refused.length > 0) {
    throw new PushError('conflict', `We sent ${refused.join(', ')} and ${label} still shows another value`, {
      remedy: stillOther(label),
      fields: refused,
    });
  }
}

export function stillOther(label: string): string {
  return `Someone or a rule in ${label} may have changed it back. boomsync will send it again.`;
}
