/**
 * A PMS in memory behind the contract of a connector: for what the engine does whatever the PMS is. It has applicants
 * and tenants, a status on each, notes, and an index in place of a lookup where it is asked for.
 */
import type { Capabilities, Connection, Facts } from '../../src/connect/connection.ts';
import type { Connector, Fields, FieldValue, Kind, Note, Remote } from '../../src/connect/contract.ts';
import { unitFinder } from '../../src/connect/units.ts';
import { PushError } from '../../src/http/push-error.ts';

export interface MemoryRecord {
  id: string;
  kind: Kind;
  fields: Fields;
  decision: string | null;
  onLease: boolean;
  notes: string[];
  changedAt: Date;
}

export interface MemoryPms {
  records: MemoryRecord[];
  /** `find`, `read`, `create`, …, in the order in which they came. */
  calls: string[];
  /** Thrown by the next call of that name. */
  faults: Map<string, PushError>;
  /** Notes are answered as taken and dropped. */
  deaf: boolean;
  /** How many records each listing of what changed named. */
  listed: number[];
  add(kind: Kind, fields: Fields): MemoryRecord;
  connection(own?: Partial<Connection>, capabilities?: Partial<Capabilities>): Connection;
}

const WORDS: Readonly<Record<string, string>> = {
  in_review: 'Open',
  approved: 'Yes',
  declined: 'No',
};

export function memoryPms(now: () => Date): MemoryPms {
  const records: MemoryRecord[] = [];
  const calls: string[] = [];
  const faults = new Map<string, PushError>();
  const called = (name: string) => {
    calls.push(name);
    const fault = faults.get(name);
    faults.delete(name);
    if (fault !== undefined) throw fault;
  };
  const get = (kind: Kind, id: string) => records.find((one) => one.kind === kind && one.id === id);
  const shown = ({ id, fields }: MemoryRecord): Remote => ({ id, fields: { ...fields } });
  const fits = (remote: Remote, { email, firstName, lastName }: Facts) =>
    email !== null && String(remote.fields.email).toLowerCase() === email.toLowerCase()
      ? remote.fields.name === `${firstName} ${lastName}`
      : false;

  const connector: Connector = {
    async check() {
      called('check');
      return { name: null };
    },
    async find(kind, person) {
      called('find');
      return records.filter((one) => one.kind === kind && fits(shown(one), person)).map(shown);
    },
    async read(kind, id) {
      called('read');
      const record = get(kind, id);
      return record === undefined ? null : shown(record);
    },
    async create(kind, fields) {
      called('create');
      return shown(pms.add(kind, fields));
    },
    async update(kind, id, changes) {
      called('update');
      const record = get(kind, id);
      if (record === undefined) throw new PushError('not_found', 'It is not there.', { remedy: 'Look.' });
      Object.assign(record.fields, changes);
      record.changedAt = now();
    },
    async decision(kind, id) {
      called('decision');
      const record = get(kind, id);
      if (record === undefined) return null;
      const { decision, onLease } = record;
      return { value: decision, open: decision === null || decision === 'Open', locked: onLease };
    },
    async decide(kind, id, value) {
      called('decide');
      const record = get(kind, id);
      if (record !== undefined) record.decision = value;
    },
    async notes(kind, id) {
      called('notes');
      return (get(kind, id)?.notes ?? []).map((text) => ({ marker: '', text }));
    },
    async addNote(kind, id, { text }: Note) {
      called('addNote');
      if (!pms.deaf) get(kind, id)?.notes.push(text);
    },
    async *changedSince(kind, since) {
      called('changedSince');
      const changed = records.filter((one) => one.kind === kind && one.changedAt >= (since ?? new Date(0)));
      pms.listed.push(changed.length);
      for (const record of changed) yield shown(record);
    },
  };

  const pms: MemoryPms = {
    records,
    calls,
    faults,
    deaf: false,
    listed: [],
    add(kind, fields) {
      const record: MemoryRecord = {
        id: String(1001 + records.length),
        kind,
        fields: { ...fields },
        decision: null,
        onLease: false,
        notes: [],
        changedAt: now(),
      };
      records.push(record);
      return record;
    },
    connection: (own = {}, capabilities = {}) => ({
      name: 'memory',
      connectorId: 'memory',
      label: 'Memory',
      mode: 'live',
      revision: JSON.stringify([own, capabilities]),
      create: 'applicant',
      createsPerDay: 20,
      decisionDelayMs: 0,
      onEnd: { declined: 'status', canceled: 'status', merged: 'status', moved_out: 'annotate' },
      capabilities: {
        kinds: ['applicant', 'tenant'],
        creates: ['applicant', 'tenant'],
        updates: ['applicant', 'tenant'],
        local: false,
        update: 'merges',
        find: 'exact',
        readBack: true,
        notes: 'staff',
        applicants: 'applied',
        unitId: 'unused',
        byHand: false,
        ...capabilities,
      },
      concurrency: 2,
      takes: async () => true,
      desire: async (_kind, { person }) => ({
        name: `${person.firstName} ${person.lastName}`,
        email: person.email,
        phone: person.phone,
      }),
      decisionFor: (leasing) => WORDS[leasing] ?? null,
      rules: () => ({
        owner: () => 'ask',
        same: (_field, a, b) => plain(a) === plain(b),
        required: (field) => field === 'name',
      }),
      meaningOf: () => null,
      unitIdOf: unitFinder({}),
      factsOf: (_kind, { fields }) => {
        const [firstName = null, lastName = null] = String(fields.name ?? '').split(' ');
        return { firstName, lastName, email: text(fields.email), phone: text(fields.phone), key: null };
      },
      among: (_kind, remotes, person) => remotes.filter((remote) => fits(remote, person)),
      countIn: () => {},
      connector,
      ...own,
    }),
  };
  return pms;
}

const text = (value: FieldValue | undefined) => (typeof value === 'string' ? value : null);
const plain = (value: FieldValue | undefined) => (value === null || value === undefined ? '' : String(value));
