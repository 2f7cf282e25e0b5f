/** What more than one case is spoiled with. */
import type { ConnectionConfig } from '../../../src/config/config.ts';
import type { Connector, ConnectorContext, Fields } from '../../../src/connect/contract.ts';
import type { Spoil } from '../spoil.ts';

/** What is spoiled, and how the case says it. */
export type Spoiled = [what: string, because: string, spoil: Spoil];

export const findsNobody: Spoil = { connector: () => ({ find: async () => [] }) };

export const owner = (of: 'boom' | 'pms'): Spoil => ({ config: { fields: { phone: { owner: of } } } });

export const ends = (declined: 'status' | 'nothing'): Partial<ConnectionConfig> => ({
  onEnd: { declined, canceled: declined, merged: declined, moved_out: 'nothing' },
});

export const cannotReadNotes: Spoil = { connector: () => ({ notes: async () => [] }) };

/** Says it was done, and shows what it was told in place of what is there. */
export const believesItsWrites: Spoil = {
  connector(usual) {
    const told = new Map<string, Fields>();
    return {
      async update(kind, id, changes, ...more) {
        await usual.update(kind, id, changes, ...more);
        told.set(id, changes);
      },
      async read(kind, id) {
        const remote = await usual.read(kind, id);
        return remote && { ...remote, fields: { ...remote.fields, ...told.get(id) } };
      },
    };
  },
};

/** Takes no answer for a good one, whatever is asked. */
export const believesAnything: Spoil = {
  connector(usual) {
    let made: Fields = {};
    return {
      find: (...of) => usual.find(...of).catch(() => []),
      create: (kind, fields, ...more) => {
        made = fields;
        return usual.create(kind, fields, ...more).catch(() => ({ id: '0', fields }));
      },
      read: (kind, id) => usual.read(kind, id).catch(() => ({ id, fields: made })),
      decision: async () => null,
      notes: async () => [],
      addNote: async () => {},
    };
  },
};

export const takesNothingBack: Spoil = {
  connector: (usual) => ({
    decide: async (kind, id, value) => (value === 'open' ? undefined : usual.decide?.(kind, id, value)),
  }),
};

export const goesOverEverybody: Spoil = {
  rig: ({ drain, recheck }) => ({
    async drain(step) {
      await recheck();
      await drain(step);
    },
  }),
};

export async function ask(
  { label, server, http }: ConnectorContext,
  method: 'POST' | 'DELETE',
  path: string,
  json = {},
) {
  const client = http({ label, baseUrl: server ?? '', headers: { authorization: 'Bearer fake-key' } });
  // Sent is sent, whatever is answered.
  await client.send({ method, path, json }).catch(() => {});
}

/** More in the text of each note. */
export const notesMore = (more: string, on?: string): Spoil => ({
  ...(on === undefined ? {} : { on }),
  connector: (usual) => ({
    addNote: async (kind, id, note) => usual.addNote?.(kind, id, { ...note, text: `${more} ${note.text}` }),
  }),
});

/** After a note of that kind, what else `then` does. */
export const afterNote = (
  marker: string,
  then: (usual: Connector, context: ConnectorContext, id: string) => Promise<void>,
) =>
  ((usual, context) => ({
    async addNote(kind, id, note) {
      await usual.addNote?.(kind, id, note);
      if (note.marker.includes(marker)) await then(usual, context, id);
    },
  })) satisfies Spoil['connector'];
