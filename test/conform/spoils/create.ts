/** Records are made once, and found again. */
import { believesAnything, findsNobody, goesOverEverybody, type Spoiled } from './shared.ts';

export const createSpoils: Record<string, Spoiled> = {
  'makes one record, with what the field map says': [
    'leaves something out of a new record',
    'expected to be in line',
    {
      connector: (usual) => ({
        create: (kind, fields, ...more) => usual.create(kind, { ...fields, phone: null }, ...more),
      }),
    },
  ],
  'the same again is no second record, and no request': [
    'goes over everybody again',
    'requests were sent',
    goesOverEverybody,
  ],
  'a record made earlier is found again by an installation that knows nothing': [
    'finds nobody',
    '2 records of one person',
    findsNobody,
  ],
  'a record that staff made is taken, and none is made beside it': [
    'finds nobody',
    '2 records of one person',
    findsNobody,
  ],
  'a create whose answer never comes makes one record': [
    'finds nobody',
    '2 records of one person',
    findsNobody,
  ],
  'a create whose connection breaks before it is done makes one record': [
    'takes no answer for a good one',
    'There is no record',
    believesAnything,
  ],
  'a create whose connection breaks after it is done makes one record': [
    'finds nobody',
    '2 records of one person',
    findsNobody,
  ],
  'a create answered with nothing makes one record': ['finds nobody', '2 records of one person', findsNobody],
  'a process killed at any step of a create leaves one record': [
    'finds nobody',
    'there are 2 records',
    findsNobody,
  ],
  'a process killed at any step of a change loses nothing, and says nothing twice': [
    'loses its database when it is killed',
    'After a death before',
    { rig: ({ forget }) => ({ restart: forget }) },
  ],
  'two records that fit are shown to a person, and neither is touched': [
    'takes the first of two that fit',
    'expected to be parked (synced)',
    { connector: (usual) => ({ find: async (...of) => (await usual.find(...of)).slice(0, 1) }) },
  ],
  'somebody else with the same e-mail address is not taken for this person': [
    'takes whoever has the e-mail address',
    "The other person's record was changed",
    {
      manifest: (text) =>
        text.replace('          confirm: { firstName: firstName, lastName: lastName }\n', ''),
    },
  ],
};
