/** Undoing. */
import type { Spoil } from '../spoil.ts';
import { afterNote, ask, believesItsWrites, type Spoiled, takesNothingBack } from './shared.ts';

/** A PMS that deletes, and a connector that asks it to. */
const deletes: Spoil = {
  connector: afterNote('taken-back', (_usual, context, id) => ask(context, 'DELETE', `/people/${id}`)),
  fake: (usual) => {
    const gone = new Set<string>();
    return {
      answer(request) {
        if (request.method !== 'DELETE') return usual.answer(request);
        gone.add(request.path.split('/').at(-1) ?? '');
        return { status: 200, body: {} };
      },
      people: (kind) => usual.people(kind).filter(({ id }) => !gone.has(id)),
    };
  },
};

export const undoSpoils: Record<string, Spoiled> = {
  'undo puts back what stood in a field, and only looks where it is asked to': [
    'changes a record once and never again',
    'The former value is not there',
    {
      connector(usual) {
        let count = 0;
        return {
          async update(...of) {
            count += 1;
            if (count === 1) await usual.update(...of);
          },
        };
      },
    },
  ],
  'undo leaves a field that staff edited since': [
    'believes its own writes',
    'It was written over',
    believesItsWrites,
  ],
  'undo deletes no record, and says what a person is to do': ['deletes it', 'There is no record', deletes],
  'undo takes a decision back where the PMS lets it, else a person is told': [
    'takes no decision back',
    'It is said otherwise',
    takesNothingBack,
  ],
  'undo touches no decision of a record that is on a lease': [
    'takes a lease for its own approval',
    'The record was changed',
    {
      manifest: (text) => text.replace('locked: data.status = "leased"', 'locked: data.status = "never"'),
      connector: (usual) => ({
        async decision(kind, id) {
          const there = (await usual.decision?.(kind, id)) ?? null;
          return there?.value === 'leased' ? { ...there, value: 'approved' } : there;
        },
      }),
    },
  ],
  'what was taken back is not sent again until a person says retry': [
    'forgets that it was taken back',
    'It was sent again',
    {
      rig: (usual) => ({
        async recheck() {
          await usual.stores.sync.release((await usual.states()).map(({ tenantId }) => tenantId));
          await usual.recheck();
        },
      }),
    },
  ],
};
