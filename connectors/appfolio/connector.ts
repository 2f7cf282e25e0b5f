/**
 * AppFolio makes tenants by a job: rows are sent, and their outcome is asked for until it is there. Everything else is
 * in the manifest.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectorContext, ConnectorFactory, Fields, RemoteId } from '../../src/connect/contract.ts';
import type { HttpClient } from '../../src/http/http.ts';
import { PushError } from '../../src/http/push-error.ts';

/** Between two questions about a job; together half a minute. */
const PAUSES_MS = [100, 400, 1000, 2000, 4000, 8000, 15_000];
/** A job that lost to another one in AppFolio's database is sent again so often. */
const TRIES = 3;

/** What became of one row; null while the job is at work. */
type Outcome = { made: RemoteId } | { refused: true } | { deadlock: true } | null;

const appfolio: ConnectorFactory = (context, rest) => {
  const usual = rest();
  const http = clientOf(context);
  const { label } = context;

  /** Sends the row, and waits for what becomes of it. */
  async function run(row: Fields): Promise<Exclude<Outcome, null>> {
    const { body } = await http.send({ method: 'POST', path: '/tenants/bulk', json: { data: [row] } });
    const job = membersOf(body).JobId;
    if (typeof job !== 'string') throw unknown(label, 'named no job');
    for (const pause of PAUSES_MS) {
      await wait(pause);
      const outcome = await ask(job, row.ReferenceId);
      if (outcome !== null) return outcome;
    }
    throw unknown(label, 'is not done with it yet');
  }

  async function ask(job: string, reference: Fields[string] | undefined): Promise<Outcome> {
    const { body } = await http.send({ method: 'GET', path: '/jobs', query: { 'filters[Id]': job } });
    const rows = listOf(membersOf(listOf(membersOf(body).data)[0]).Result).map(membersOf);
    const row = rows.find(({ ReferenceId }) => ReferenceId === reference);
    if (row === undefined) return null;
    if (row.successful === true && typeof row.ResourceId === 'string') return { made: row.ResourceId };
    if (row.successful === true) throw unknown(label, 'did not name the record');
    return listOf(row.errors).length > 0 ? { refused: true } : { deadlock: true };
  }

  return {
    ...usual,
    async create(kind, fields, key, person) {
      if (kind !== 'tenant') return usual.create(kind, fields, key, person);
      for (let tried = 0; tried < TRIES; tried += 1) {
        const outcome = await run({ ReferenceId: person.key, ...fields });
        if ('made' in outcome) return { id: outcome.made, fields };
        if ('refused' in outcome) throw refused(label);
      }
      throw new PushError('transient', `${label} was too busy to make the tenant.`, {
        remedy: 'Nothing to do: nothing was written, and it is tried again by itself.',
      });
    },
  };
};

export default appfolio;

function clientOf({ label, server, credentials, http }: ConnectorContext): HttpClient {
  const { clientId, clientSecret, developerId = '' } = credentials;
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  return http({
    label,
    baseUrl: server ?? '',
    headers: { authorization: `Basic ${basic}`, 'X-AppFolio-Developer-ID': developerId },
  });
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function unknown(label: string, what: string): PushError {
  return new PushError('unknown_outcome', `${label} took the tenant and ${what}.`, {
    remedy: 'Nothing to do: we look for the tenant before anything is sent again.',
  });
}

/** Their own words may hold what was sent, so they are not repeated. */
function refused(label: string): PushError {
  return new PushError('invalid', `${label} did not accept the tenant.`, {
    remedy: `Add the tenant in ${label} by hand, then run "boomsync retry".`,
  });
}
