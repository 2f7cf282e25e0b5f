/** Fields, and what `resync --verify` tells of them. */
import { UNKNOWN_UNIT } from '../../../src/conform/people.ts';
import { owner, type Spoiled } from './shared.ts';

export const fieldsSpoils: Record<string, Spoiled> = {
  'a field that staff edited becomes Boom\'s again under "owner: boom"': [
    'leaves what staff wrote',
    'the value of the other side',
    owner('pms'),
  ],
  'a field that staff edited stays theirs under "owner: pms"': [
    'writes over it',
    'the value of the other side',
    owner('boom'),
  ],
  'a field that staff edited stays theirs under "owner: fill"': [
    'writes over it',
    'the value of the other side',
    owner('boom'),
  ],
  'a field that staff edited stays theirs, and a person is shown both values, under "owner: ask"': [
    'writes over it',
    'the value of the other side',
    owner('boom'),
  ],
  'what staff entered in a field that is not ours survives our update': [
    'blanks what it does not know',
    'What staff had entered is gone',
    {
      connector: (usual) => ({
        update: (kind, id, changes, ...more) => usual.update(kind, id, { ...changes, phone: null }, ...more),
      }),
    },
  ],
  'a value that the PMS keeps in another form is no edit, and is not sent again': [
    'compares telephone numbers as text',
    'edited_there',
    { manifest: (text) => text.replace('compare: phone }', 'compare: text }') },
  ],
  'a unit that nobody has mapped waits for a person, and makes no record': [
    'takes any unit',
    'expected to be parked',
    { config: { units: { [UNKNOWN_UNIT]: '7' } } },
  ],
  'a field that stands empty there is filled under "owner: fill"': [
    'leaves it empty',
    'still empty',
    owner('pms'),
  ],
  '"resync --verify" tells what staff edited, and sends nothing under "owner: ask"': [
    'writes over it',
    'It was written over',
    owner('boom'),
  ],
  '"resync --verify" tells what staff edited, and sends Boom\'s again under "owner: boom"': [
    'leaves what staff wrote',
    'The edit is not told',
    owner('pms'),
  ],
};
