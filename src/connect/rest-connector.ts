/** A connector made of its manifest: JSON over HTTP, one request a step. */

import { PushError } from '../http/push-error.ts';
import type { CompiledKind, CompiledManifest } from './compile-manifest.ts';
import type { Connector, ConnectorContext, Kind, Remote, RemoteDecision, RemoteId } from './contract.ts';
import { noteFrom, noteText } from './note-text.ts';
import { candidatesAmong } from './rest-candidates.ts';
import { cannot, lockedDecision, noDecision, nothingToFindBy } from './rest-faults.ts';
import { allowed, nested, withoutEmpty } from './rest-fields.ts';
import { remoteOf } from './rest-remote.ts';
import { asScope, createSender, type Sender } from './rest-send.ts';

export function createRestConnector(compiled: CompiledManifest, context: ConnectorContext): Connector {
  const { capabilities } = compiled.manifest;
  const { label } = context;
  const { send, records } = createSender(compiled, context);
  const ofKind = kindsOf(compiled, label);

  const connector: Connector = {
    async check() {
      if (compiled.check === null) return { name: null };
      const { body } = await send(compiled.check, {}, 'json');
      const name = await compiled.check.account?.evaluate(asScope(body));
      return { name: typeof name === 'string' ? name : null };
    },

    async find(kind, person) {
      const described = ofKind(kind);
      if (described.find.length === 0) return [];
      const lookup = described.find.find(({ spec }) =>
        spec.needs.every((need) => (person[need] ?? '') !== ''),
      );
      if (lookup === undefined) throw nothingToFindBy(label, described);
      const { email, phone, firstName, lastName } = person;
      const found = await records(lookup, lookup.spec.page, { email, phone, firstName, lastName });
      const remotes: Remote[] = [];
      for (const record of found) remotes.push(await remoteOf(described, record, label));
      return candidatesAmong(remotes, person, lookup.spec, described.spec, label);
    },

    async read(kind, id) {
      const described = ofKind(kind);
      if (described.read === null) throw cannot(label, 'show a record again');
      try {
        const { body } = await send(described.read, { id }, 'json');
        return await remoteOf(described, body, label);
      } catch (error) {
        if (error instanceof PushError && error.kind === 'not_found') return null;
        throw error;
      }
    },

    async create(kind, fields, key) {
      const described = ofKind(kind);
      if (described.create === null) throw cannot(label, `create a record as ${kind}`);
      const sent = withoutEmpty(fields);
      allowed(sent, described.spec, label, 'create');
      const { body } = await send(described.create, { key, fields: nested(sent) }, 'json');
      return remoteOf(described, body, label, 'unknown_outcome');
    },

    async update(kind, id, changes, whole) {
      const { update, spec } = ofKind(kind);
      if (update === null) throw cannot(label, 'change a record');
      allowed(changes, spec, label, 'update');
      const fields = nested(capabilities.update === 'replaces' ? withoutEmpty(whole) : changes);
      for (const { when, message, remedy } of update.refuse)
        if ((await when.evaluate({ fields })) === true) throw new PushError('conflict', message, { remedy });
      await send(update, { id, fields }, 'optional');
    },
  };

  if ([...compiled.kinds.values()].some(({ decision }) => decision !== null))
    Object.assign(connector, decisions(ofKind, label, send));
  if (capabilities.notes === 'staff') Object.assign(connector, notes(ofKind, label, { send, records }));
  return connector;
}

type KindOf = (kind: Kind) => CompiledKind;

function kindsOf(compiled: CompiledManifest, label: string): KindOf {
  return (kind) => {
    const found = compiled.kinds.get(kind);
    if (found === undefined) throw cannot(label, `keep a record as ${kind}`);
    return found;
  };
}

function decisions(
  ofKind: KindOf,
  label: string,
  send: Sender['send'],
): Pick<Connector, 'decision' | 'decide'> {
  const look = async (kind: Kind, id: RemoteId) => {
    const { decision } = ofKind(kind);
    if (decision === null) return null;
    const { body } = await send(decision.read, { id }, 'json');
    const record = asScope(body);
    const item = await decision.item.evaluate(record);
    if (typeof item !== 'string' && typeof item !== 'number') return null;
    const value = await decision.value.evaluate(record);
    const state: RemoteDecision = {
      value: typeof value === 'string' ? value : null,
      open: (await decision.open.evaluate(record)) === true,
      locked: (await decision.locked.evaluate(record)) === true,
    };
    return { item: String(item), set: decision.set, state };
  };
  return {
    decision: async (kind, id) => (await look(kind, id))?.state ?? null,
    async decide(kind, id, value) {
      const now = await look(kind, id);
      if (now === null) throw noDecision(label);
      if (now.state.value === value) return;
      if (now.state.locked) throw lockedDecision(label);
      await send(now.set, { id, item: now.item, value }, 'optional');
    },
  };
}

function notes(
  ofKind: KindOf,
  label: string,
  { send, records }: Sender,
): Pick<Connector, 'notes' | 'addNote'> {
  return {
    async notes(kind, id) {
      const described = ofKind(kind).notes;
      if (described === null) return [];
      const texts: unknown[] = [];
      for (const record of await records(described, described.page, { id }))
        texts.push(await described.text.evaluate(asScope(record)));
      return texts.filter((text) => typeof text === 'string').map(noteFrom);
    },
    async addNote(kind, id, note) {
      const { addNote } = ofKind(kind);
      if (addNote === null) throw cannot(label, 'take a note');
      await send(addNote, { id, text: noteText(note) }, 'optional');
    },
  };
}
