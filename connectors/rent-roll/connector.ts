/** The rent roll and the list of applicants as files on this computer: see docs/connectors/rent-roll.md. */
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import type { ConnectorFactory, Desired, Fields, Kind, Remote } from '../../src/connect/contract.ts';
import { PushError } from '../../src/http/push-error.ts';
import { fileFailed } from './file-faults.ts';
import { openLedger } from './ledger.ts';

/** Another name, and neither address nor phone in common. */
function isSomebodyElse(row: Fields, { fields }: Desired): boolean {
  const plain = (value: unknown) =>
    String(value ?? '')
      .trim()
      .toLowerCase();
  const name = (of: Fields) => plain(`${plain(of.first_name)} ${plain(of.last_name)}`);
  const agree = (field: string) => plain(row[field]) !== '' && plain(row[field]) === plain(fields[field]);
  if (name(row) === '' || name(fields) === '') return false;
  return name(row) !== name(fields) && !agree('email') && !agree('phone');
}

const rentRoll: ConnectorFactory = ({ connection, dataDir }) => {
  // The only one, as a rule, has the files where everybody looks for them.
  const folder = connection === 'rent-roll' ? dataDir : path.join(dataDir, connection);
  const ledgers = { tenant: openLedger(folder, 'tenant'), applicant: openLedger(folder, 'applicant') };

  async function read(kind: Kind, id: string): Promise<Remote | null> {
    const fields = await ledgers[kind].fields(id);
    return fields === null ? null : { id, fields };
  }

  /**
   * The person's own row, or the id for it where there is none. A database that was restored from a backup gives ids
   * again that stand for somebody else in the newer files.
   */
  async function idFor(kind: Kind, person: Desired): Promise<string> {
    const first = `${person.tenantId}/${person.place}`;
    for (let id = first, next = 2; ; id = `${first}~${next}`, next += 1) {
      const row = await ledgers[kind].fields(id);
      if (row === null || !isSomebodyElse(row, person)) return id;
    }
  }

  /** One at a time: two would write the same temporary file. */
  let flushing: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    try {
      await ledgers.tenant.flush();
      await ledgers.applicant.flush();
    } catch (error) {
      // A pass counts as a whole: after a failure the engine says all of it again.
      ledgers.tenant.discard();
      ledgers.applicant.discard();
      throw error;
    }
  }

  return {
    async check() {
      await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK).catch((error: unknown) => {
        throw fileFailed(dataDir, error);
      });
      // Broken files are found before anything is gathered for them.
      await Promise.all([ledgers.tenant.fields(''), ledgers.applicant.fields('')]);
      return { name: null };
    },

    async find(kind, person) {
      const found = await read(kind, await idFor(kind, person));
      return found === null ? [] : [found];
    },

    read,

    async create(kind, fields, _key, person) {
      const id = await idFor(kind, person);
      return { id, fields: await ledgers[kind].stage(id, fields) };
    },

    async update(kind, id, changes) {
      if ((await read(kind, id)) === null)
        throw new PushError('not_found', 'The row is not there any more.', {
          remedy: 'Nothing: it is written again with the next attempt.',
        });
      await ledgers[kind].stage(id, changes);
    },

    retire: (kind, id) => ledgers[kind].retire(id),

    flush() {
      const turn = flushing.then(flush);
      flushing = turn.catch(() => {});
      return turn;
    },
  };
};

export default rentRoll;
