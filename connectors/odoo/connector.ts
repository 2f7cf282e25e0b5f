/** Contacts and leads in Odoo. */
import type { ConnectorFactory, Desired, Fields, Kind, Note, Remote } from '../../src/connect/contract.ts';
import { PushError } from '../../src/http/push-error.ts';
import { type Odoo, odooOf } from './calls.ts';
import { load, type Row } from './load.ts';
import { fullName, matching } from './matching.ts';
import { listOf, textOf } from './members.ts';
import { CONTACT, LEAD, type Model, plain, reference, referred, remoteOf, valuesOf } from './models.ts';

/** Archived records count too, and nobody is told by mail or made a follower. */
const CONTEXT = {
  lang: 'en_US',
  active_test: false,
  mail_create_nosubscribe: true,
  mail_auto_subscribe_no_notify: true,
};
/** Asks for nobody: whether it may be asked at all. */
const NOBODY = { domain: [['id', '=', 0]], fields: ['id'], context: CONTEXT };
/** So many hits are no lookup any more. */
const MOST_HITS = 100;

const odoo: ConnectorFactory = (context) => {
  const { label, credentials } = context;
  const calls = odooOf(context);
  const leads = leadsOf(calls);
  const modelOf = async (kind: Kind) => (kind === 'applicant' && (await leads()) ? LEAD : CONTACT);

  async function search(model: Model, domain: unknown[]): Promise<Remote[]> {
    const given = { domain, fields: Object.values(model.columns), limit: MOST_HITS, context: CONTEXT };
    const rows = await calls.call(model.name, 'search_read', given, true);
    const remotes = listOf(rows).flatMap((row) => remoteOf(model, row) ?? []);
    if (!Array.isArray(rows) || remotes.length < rows.length) throw unreadable(label);
    return remotes;
  }

  const known = (id: string) => {
    const there = referred(id);
    if (there !== null) return there;
    throw new PushError('not_found', `${label} has no record of that id.`, {
      remedy: `Look whether the record was deleted or merged in ${label}.`,
    });
  };

  return {
    async check() {
      await calls.call('res.partner', 'search_read', NOBODY, true);
      await mayWrite(calls, label);
      return { name: credentials.database ?? null };
    },

    async find(kind, person) {
      const model = await modelOf(kind);
      const found = await search(model, domainFor(model, person, label));
      if (found.length === MOST_HITS) throw tooMany(label);
      return matching(found, person, label);
    },

    async read(_kind, id) {
      const there = known(id);
      const [remote] = await search(there.model, [['id', '=', there.id]]);
      if (remote === undefined) return null;
      if (remote.id !== id) throw anotherRecord(label);
      return remote;
    },

    async create(kind, fields, _key, person) {
      const model = await modelOf(kind);
      const id = await load(calls, model, person.key, rowOf(model, fields, person), CONTEXT, label);
      return { id: reference(model, id), fields };
    },

    async update(_kind, id, changes) {
      const there = known(id);
      const vals = valuesOf(there.model, changes);
      await calls.call(there.model.name, 'write', { ids: [there.id], vals, context: CONTEXT }, true);
    },

    async notes(_kind, id): Promise<Note[]> {
      const there = known(id);
      const domain = [
        ['model', '=', there.model.name],
        ['res_id', '=', there.id],
        ['body', 'ilike', '[boomsync '],
      ];
      const rows = await calls.call(
        'mail.message',
        'search_read',
        { domain, fields: ['body'], context: CONTEXT },
        true,
      );
      return listOf(rows).map((row) => noteOf(plain(textOf(row, 'body'))));
    },

    async addNote(_kind, id, { text, marker }) {
      const there = known(id);
      const given = {
        ids: [there.id],
        body: text.includes(marker) ? text : `${text} ${marker}`,
        message_type: 'comment',
        // Internal: nobody but employees may read it, and it is mailed to nobody.
        subtype_xmlid: 'mail.mt_note',
        context: CONTEXT,
      };
      await calls.call(there.model.name, 'message_post', given, false);
    },
  };
};

export default odoo;

/** Whether applicants are leads: CRM is there, and the key's user may use it. Asked until it is known. */
function leadsOf(calls: Odoo): () => Promise<boolean> {
  let known: boolean | null = null;
  return async () => {
    if (known !== null) return known;
    try {
      await calls.call('crm.lead', 'search_read', NOBODY, true);
      known = true;
    } catch (error) {
      if (!(error instanceof PushError) || !NOT_FOR_US.has(error.kind)) throw error;
      known = false;
    }
    return known;
  };
}

const NOT_FOR_US = new Set(['forbidden', 'invalid', 'not_found']);

async function mayWrite(calls: Odoo, label: string): Promise<void> {
  const isOld = (await calls.version()) < 18;
  const method = isOld ? 'check_access_rights' : 'has_access';
  const given = isOld ? { raise_exception: false } : { ids: [] };
  const may = await calls.call(
    'res.partner',
    method,
    { ...given, operation: 'write', context: CONTEXT },
    true,
  );
  if (may === true) return;
  throw new PushError('forbidden', `${label} lets the key’s user in and not change contacts.`, {
    remedy: `In ${label}, give the user of the key the right to create and edit contacts.`,
  });
}

/** Whoever may be this person: by e-mail, or without one by name. */
function domainFor({ columns }: Model, person: Desired, label: string): unknown[] {
  if (person.email) return [[columns.email, '=ilike', literal(person.email)]];
  const name = fullName(person);
  if (name !== '' && person.phone) return [[columns.name, '=ilike', literal(name)]];
  throw new PushError(
    'invalid',
    `Boom has sent too little to look this person up in ${label} (email, or name and phone).`,
    { remedy: 'Complete the person in Boom.', fields: ['email', 'name', 'phone'] },
  );
}

/** `%` and `_` stand for anything there. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function rowOf(model: Model, fields: Fields, person: Desired): Row {
  const row: Row = Object.entries(valuesOf(model, fields))
    .filter(([, value]) => value !== false)
    .map(([column, value]) => [column, String(value)]);
  if (model === CONTACT) return [...row, ['ref', person.key]];
  // A lead must have a title.
  return row.some(([column]) => column === 'name') ? row : [...row, ['name', fullName(person)]];
}

function noteOf(text: string): Note {
  return { text, marker: /\[boomsync [^[\]]+\]/.exec(text)?.[0] ?? '' };
}

function unreadable(label: string): PushError {
  return new PushError('transient', `${label} answered with something that we cannot read.`, {
    remedy: 'Nothing to do: it is looked up again by itself. If it stays so, the API has changed: report it.',
  });
}

function anotherRecord(label: string): PushError {
  return new PushError('conflict', `${label} answered about another record than we asked for.`, {
    remedy: `Look in ${label} whether the record was merged with another.`,
  });
}

function tooMany(label: string): PushError {
  return new PushError('ambiguous', `${label} has too many records that look alike to tell one.`, {
    remedy: `Complete the person in Boom, so that fewer records in ${label} fit.`,
  });
}
