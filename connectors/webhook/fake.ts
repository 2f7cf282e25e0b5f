/** A receiver of one's own: checks the signature, drops what it has had, and keeps each record as it was last told. */
import { createHmac } from 'node:crypto';
import {
  type FakeAnswer,
  type FakeFactory,
  type FakePerson,
  type FakePms,
  type FakeRequest,
  object,
} from '../../src/conform/fake.ts';
import type { FieldValue, Kind } from '../../src/connect/contract.ts';

const KEY = Buffer.from('0123456789abcdef0123456789abcdef');

const fakeReceiver: FakeFactory = () => {
  const kept = new Map<string, FakePerson & { kind: Kind }>();
  const had = new Set<string>();
  const deliver = ({ headers, body }: FakeRequest): FakeAnswer => {
    const message = headers['webhook-id'] ?? '';
    const signed = `${message}.${headers['webhook-timestamp']}.${JSON.stringify(body)}`;
    const expected = createHmac('sha256', KEY).update(signed).digest('base64');
    if (headers['webhook-signature'] !== `v1,${expected}`) return { status: 401 };
    if (had.has(message) || fake.deaf) return { status: 204 };
    had.add(message);
    const { id, kind, ...fields } = object(object(body).data);
    const person = {
      id: String(id),
      kind: kind === 'tenant' ? ('tenant' as const) : ('applicant' as const),
      fields: fields as Record<string, FieldValue>,
      notes: [],
      decision: null,
    };
    kept.set(`${person.kind} ${person.id}`, person);
    return { status: 204 };
  };
  const fake: FakePms = {
    credentials: { secret: `whsec_${KEY.toString('base64')}` },
    units: [],
    deaf: false,
    answer: (request) => (request.method === 'POST' ? deliver(request) : { status: 405 }),
    isWrite: ({ method }) => method === 'POST',
    people: (kind) =>
      [...kept.values()]
        .filter((person) => person.kind === kind)
        .map(({ id, fields, notes, decision }) => ({ id, fields: { ...fields }, notes, decision })),
  };
  return fake;
};

export default fakeReceiver;
