/** A PMS that fails. */
import { PushError } from '../../../src/http/push-error.ts';
import type { Spoil } from '../spoil.ts';
import { believesAnything, believesItsWrites, type Spoiled } from './shared.ts';

const forgetsHowLong: Spoil = {
  connector: (usual) => ({
    find: (...of) =>
      usual.find(...of).catch(() => {
        throw new PushError('rate_limited', 'It asks for time.', { remedy: 'Nothing to do.' });
      }),
  }),
};

export const troubleSpoils: Record<string, Spoiled> = {
  "429 with Retry-After as seconds: waits so long, and uses up nobody's attempt": [
    'forgets how long',
    'It was asked to wait 120 seconds',
    forgetsHowLong,
  ],
  "429 with Retry-After as a date: waits so long, and uses up nobody's attempt": [
    'forgets how long',
    'It was asked to wait 120 seconds',
    forgetsHowLong,
  ],
  'a refused key pauses the connection and nobody; what waits goes out once the key works': [
    'has faults of its own',
    'It is not said to be refused',
    {
      connector: () => ({
        find: async () => {
          throw new Error('no');
        },
      }),
    },
  ],
  'a login that has run out is renewed by itself': [
    'is not let in a second time',
    'The connection was paused for it',
    {
      on: 'microrealestate',
      fake: (usual) => {
        let refused = false;
        return {
          expireTokens() {
            refused = true;
          },
          answer: (request) => (refused ? { status: 401 } : usual.answer(request)),
        };
      },
    },
  ],
  'a change that is answered as done and ignored is not said to be in line': [
    'believes its own writes',
    'It was believed',
    believesItsWrites,
  ],
  'a decision that is answered as done and ignored is not said to be in line': [
    'believes its own decisions',
    'It was believed',
    {
      connector(usual) {
        let told: string | null = null;
        return {
          async decide(kind, id, value) {
            await usual.decide?.(kind, id, value);
            told = value;
          },
          async decision(kind, id) {
            const there = (await usual.decision?.(kind, id)) ?? null;
            return there && { ...there, value: told ?? there.value };
          },
        };
      },
    },
  ],
  ...Object.fromEntries(
    [
      'a 500 with an empty body',
      'maintenance as a web page',
      'a login page in place of an answer',
      'a redirect to a login page',
      'an empty answer',
      'half an answer',
      'an answer of ten megabytes',
      'an answer of one byte at a time',
    ].map((what): [string, Spoiled] => [
      `${what}: said, bounded, and in line once it works`,
      ['takes no answer for a good one', 'It was said to be in line', believesAnything],
    ]),
  ),
};
