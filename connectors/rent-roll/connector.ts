/** The rent roll and the list of applicants as files on this computer: see docs/connectors/rent-roll.md. */
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import type { ConnectorFactory, Kind, Remote } from '../../src/connect/contract.ts';
import { PushError } from '../../src/connect/push-error.ts';
import { fileFailed } from './file-faults.ts';
import { openLedger } from './ledger.ts';

const rentRoll: ConnectorFactory = ({ connection, dataDir }) => {
  // The only one, as a rule, has the files where everybody looks for them.
  const folder = connection === 'rent-roll' ? dataDir : path.join(dataDir, connection);
  const ledgers = { tenant: openLedger(folder, 'tenant'), applicant: openLedger(folder, 'applicant') };

  async function read(kind: Kind, id: string): Promise<Remote | null> {
    const fields = await ledgers[kind].fields(id);
    return fields === null ? null : { id, fields };
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

    async find(kind, { tenantId, place }) {
      const found = await read(kind, `${tenantId}/${place}`);
      return found === null ? [] : [found];
    },

    read,

    async create(kind, fields, _key, { tenantId, place }) {
      const id = `${tenantId}/${place}`;
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
