/**
 * Rentvine lists applications by when they changed, and shows one only in that list: the request for a single one would
 * answer with its social security number. A record is one applicant of one application; what can be set is the status.
 */
import type {
  Connector,
  ConnectorContext,
  ConnectorFactory,
  RemoteDecision,
  RemoteId,
} from '../../src/connect/contract.ts';
import type { HttpClient } from '../../src/http/http.ts';
import { PushError } from '../../src/http/push-error.ts';
import { type Application, applicationOf, partsOf, remoteOf } from './application.ts';

/** Rentvine's own eight, by their numbers; an account's further statuses each stand for one of them. */
const STATUSES: readonly string[] = [
  'Pending',
  'Submitted',
  'Screening',
  'Processing',
  'On Hold',
  'Approved',
  'Declined',
  'Withdrawn',
];
/** Nobody has decided. On Hold is a decision too, and the landlord's. */
const OPEN: readonly (string | null)[] = ['Pending', 'Submitted', 'Screening', 'Processing'];
/** What a page has without being asked for more. */
const PAGE_SIZE = 25;
/** A list that is longer does not end. */
const MOST_PAGES = 2000;
const MOST_KEPT = 100_000;
const EXPORT = '/screening/applications/export';

const rentvine: ConnectorFactory = (context, rest) => {
  const { label } = context;
  const applications = applicationsOf(context);

  const decision = async (id: RemoteId): Promise<RemoteDecision | null> => {
    const application = await applications.one(partsOf(id).application);
    // The status of several applicants decides for each of them.
    if (application === null || application.applicants.length !== 1) return null;
    const value = wordOf(application);
    return { value, open: OPEN.includes(value), locked: application.leaseId !== null };
  };

  const connector: Connector = {
    ...rest(),

    async read(_kind, id) {
      const parts = partsOf(id);
      const application = await applications.one(parts.application);
      const applicant = application?.applicants.find((one) => one.id === parts.applicant);
      return application && applicant ? remoteOf(application, applicant) : null;
    },

    async *changedSince(_kind, since) {
      for await (const application of applications.since(since))
        for (const applicant of application.applicants) yield remoteOf(application, applicant);
    },

    decision: (_kind, id) => decision(id),

    async decide(_kind, id, value) {
      const now = await decision(id);
      if (now === null) throw notSettable(label);
      if (now.value === value) return;
      if (now.locked) throw onLease(label);
      await applications.setStatus(partsOf(id).application, value);
    },
  };
  return connector;
};

export default rentvine;

interface Applications {
  /** Those that changed since then, or all. */
  since(since: Date | null): AsyncIterable<Application>;
  one(id: string): Promise<Application | null>;
  setStatus(id: string, word: string): Promise<void>;
}

function applicationsOf(context: ConnectorContext): Applications {
  const { label } = context;
  const http = clientOf(context);
  /**
   * When each was created (milliseconds), as far as we have seen them: it has changed since, so that the list need not
   * begin before.
   */
  const created = new Map<string, number>();

  async function* listed(query: Record<string, string>): AsyncGenerator<Application> {
    const firsts = new Set<string>();
    let firstBefore: string | null = null;
    for (let page = 1; ; page += 1) {
      if (page > MOST_PAGES) throw endless(label);
      const { body } = await http.send({
        method: 'GET',
        path: EXPORT,
        query: { ...query, page, pageSize: PAGE_SIZE },
      });
      const rows = Array.isArray(body) ? body.map((row) => applicationOf(row, label)) : [];
      const first = rows[0]?.id ?? null;
      // A list that does not turn its pages has but this one.
      if (first === null || first === firstBefore) return;
      if (firsts.has(first)) throw endless(label);
      firsts.add(first);
      firstBefore = first;
      for (const row of rows) {
        keepCreated(row);
        yield row;
      }
      if (rows.length < PAGE_SIZE) return;
    }
  }

  const keepCreated = ({ id, createdAt }: Application) => {
    const at = Date.parse(createdAt ?? '');
    if (Number.isNaN(at)) return;
    if (created.size >= MOST_KEPT) created.clear();
    created.set(id, at);
  };

  const since = (at: Date | null) => listed(at === null ? {} : { dateTimeModifiedMin: at.toISOString() });

  return {
    since,

    async one(id) {
      const at = created.get(id);
      const starts = at === undefined ? [null] : [new Date(at), null];
      for (const start of starts)
        for await (const application of since(start)) if (application.id === id) return application;
      return null;
    },

    async setStatus(id, word) {
      const number = String(STATUSES.indexOf(word) + 1);
      // One that has it is enough to see what that number means in this account.
      for await (const { statusId, primaryStatusId } of listed({ 'applicationStatusIDs[]': number })) {
        if (statusId === number && primaryStatusId !== number) throw otherNumbers(label, word);
        break;
      }
      await http.send({
        method: 'POST',
        path: `/screening/applications/${encodeURIComponent(id)}/status`,
        json: { applicationStatusID: number },
        idempotent: true,
        answer: 'optional',
      });
    },
  };
}

function clientOf({ label, server, credentials, http }: ConnectorContext): HttpClient {
  const pair = Buffer.from(`${credentials.accessKey}:${credentials.secret}`).toString('base64');
  return http({
    label,
    baseUrl: server ?? '',
    headers: { authorization: `Basic ${pair}` },
    refusedFields: async (body) =>
      typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.keys(body) : [],
  });
}

function wordOf({ primaryStatusId }: Application): string | null {
  return STATUSES[Number(primaryStatusId) - 1] ?? null;
}

/** The connection's failure: whoever asks next is sent through the same list. */
function endless(label: string): PushError {
  return new PushError('transient', `${label}'s list does not end.`, {
    remedy: 'Nothing to do: it is tried again by itself. If it stays so, the API has changed: report it.',
    unreachable: true,
  });
}

function notSettable(label: string): PushError {
  return new PushError('not_found', `${label} holds no application of this person alone.`, {
    remedy: `Set the status in ${label} by hand: it counts for every applicant of that application.`,
  });
}

function onLease(label: string): PushError {
  return new PushError(
    'conflict',
    `The application is on a lease in ${label}: its status is not ours to change.`,
    { remedy: `Decide in ${label} what becomes of the lease.` },
  );
}

function otherNumbers(label: string, word: string): PushError {
  return new PushError(
    'forbidden',
    `The statuses of this ${label} account have other numbers than usual: "${word}" is not where we look for it.`,
    { remedy: `Set the status in ${label} by hand, and report it.` },
  );
}
