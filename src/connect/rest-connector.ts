/** A connector made of its manifest: JSON over HTTP, one request a step. */
import { PushError } from '../http/push-error.ts';
import type { CompiledKind, CompiledManifest } from './compile-manifest.ts';
import type { CompiledCreate } from './compile-requests.ts';
import type { Connector, ConnectorContext, Fields, Kind, Remote } from './contract.ts';
import { listEnd, MOST_HITS, MOST_LISTED } from './list-end.ts';
import { candidatesAmong, isHit, lookupsFor } from './rest-candidates.ts';
import { decisions } from './rest-decisions.ts';
import {
  anotherRecord,
  cannot,
  cannotSendBack,
  endlessList,
  nothingToFindBy,
  tooManyAlike,
} from './rest-faults.ts';
import { allowed, nested, withoutEmpty } from './rest-fields.ts';
import { recordsOf } from './rest-list.ts';
import { listings } from './rest-listings.ts';
import { notes } from './rest-notes.ts';
import { fieldsWithParts, idOf, remoteOf } from './rest-remote.ts';
import { createSender, type Sender } from './rest-send.ts';

/** So many that fit are no lookup any more. */
const MOST_ALIKE = 100;

export type KindOf = (kind: Kind) => CompiledKind;

export function createRestConnector(compiled: CompiledManifest, context: ConnectorContext): Connector {
  const { capabilities } = compiled.manifest;
  const { label } = context;
  const sender = createSender(compiled, context);
  const ofKind: KindOf = (kind) => {
    const found = compiled.kinds.get(kind);
    if (found === undefined) throw cannot(label, `keep a record as ${kind}`);
    return found;
  };
  const described = [...compiled.kinds.values()];
  return {
    ...records(compiled, label, sender, ofKind),
    ...(described.some(({ decision }) => decision !== null) ? decisions(ofKind, label, sender.send) : {}),
    ...(capabilities.notes !== 'none' ? notes(ofKind, label, sender.send) : {}),
    ...listings(compiled, ofKind, label, sender.send),
  };
}

type Basics = Pick<Connector, 'check' | 'find' | 'read' | 'create' | 'update'>;

function records(
  compiled: CompiledManifest,
  label: string,
  { send, signIn }: Sender,
  ofKind: KindOf,
): Basics {
  const { capabilities } = compiled.manifest;
  const read = async (kind: Kind, id: string): Promise<Remote | null> => {
    const described = ofKind(kind);
    if (described.read === null) throw cannot(label, 'show a record again');
    try {
      const { body } = await send(described.read, { id }, 'json');
      const { record } = described.read;
      const found = record === null || body === null ? body : await record.evaluate(body);
      if (found === undefined || found === null) return null;
      const remote = await remoteOf(described, found, label);
      if (remote.id !== id) throw anotherRecord(label);
      return remote;
    } catch (error) {
      if (error instanceof PushError && error.kind === 'not_found') return null;
      throw error;
    }
  };
  return {
    async check() {
      if (compiled.check === null) {
        await signIn();
        return { name: null };
      }
      const { body } = await send(compiled.check, {}, 'json');
      const name = await compiled.check.account?.evaluate(body);
      return { name: typeof name === 'string' ? name : null };
    },

    async find(kind, person) {
      const described = ofKind(kind);
      const lookups = described.find.flatMap(({ spec, list }) => (list === null ? [] : [{ spec, list }]));
      if (lookups.length === 0) return [];
      const { email, phone, firstName, lastName, key } = person;
      const scope = { email, phone, firstName, lastName, key };
      // A scan lists everyone by design.
      const end = () =>
        capabilities.find === 'scan'
          ? listEnd(MOST_LISTED, () => endlessList(label))
          : listEnd(MOST_HITS, () => tooManyAlike(label));
      const usable = lookupsFor(lookups, person);
      if (usable.length === 0) throw nothingToFindBy(label, described);
      for (const { spec, list } of usable) {
        const hits: Remote[] = [];
        // As it comes: who does not fit is not kept.
        for await (const record of recordsOf(send, list, scope, end())) {
          const remote = await remoteOf(described, record, label);
          if (isHit(remote, person, spec, described.spec)) hits.push(remote);
          if (hits.length > MOST_ALIKE) throw tooManyAlike(label);
        }
        const found = candidatesAmong(hits, person, spec, described.spec, label);
        if (found.length > 0) return found;
      }
      return [];
    },

    read,

    async create(kind, fields, idempotencyKey, { key }) {
      const described = ofKind(kind);
      if (described.create === null) throw cannot(label, `create a record as ${kind}`);
      const sent = withoutEmpty(fields);
      allowed(sent, described.spec, label, 'create');
      const scope = { key, idempotencyKey, fields: nested(sent) };
      const { body } = await send(described.create, scope, 'json');
      return createdOf(described, described.create, body, sent, label);
    },

    async update(kind, id, changes, whole, known) {
      const described = ofKind(kind);
      const { update, spec } = described;
      if (update === null) throw cannot(label, 'change a record');
      allowed(changes, spec, label, 'update');
      const replaces = capabilities.update === 'replaces';
      const fields = nested(replaces ? withoutEmpty(whole) : changes);
      const record = known ?? (update.needsRecord ? (await read(kind, id))?.record : undefined);
      const kept = replaces ? await fieldsWithParts(described, record) : [];
      const lost = kept.filter((name) => changes[name] === undefined);
      if (lost.length > 0) throw cannotSendBack(label, lost);
      const scope = { id, fields, record };
      for (const { when, message, remedy } of update.refuse)
        if ((await when.evaluate(scope)) === true) throw new PushError('forbidden', message, { remedy });
      await send(update, scope, 'optional');
      for (const more of update.also)
        if ((await more.when.evaluate(scope)) === true) await send(more, scope, 'optional');
    },
  };
}

/** From an answer that carries the record, or only its id. */
async function createdOf(
  described: CompiledKind,
  { record, id }: CompiledCreate,
  body: unknown,
  sent: Fields,
  label: string,
): Promise<Remote> {
  const given = id === null || body === null ? null : idOf(await id.evaluate(body));
  if (given !== null) return { id: given, fields: sent };
  const found = record === null || body === null ? body : await record.evaluate(body);
  return remoteOf(described, found, label, 'unknown_outcome');
}
