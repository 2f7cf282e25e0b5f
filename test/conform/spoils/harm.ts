/** What is never done, and what a landlord decides. */
import type { Spoil } from '../spoil.ts';
import { afterNote, ask, goesOverEverybody, type Spoiled } from './shared.ts';

/** With each decision, another request. */
const sendsMore = (path: string, json: object): Spoil => ({
  connector: (usual, context) => ({
    async decide(kind, id, value) {
      await usual.decide?.(kind, id, value);
      await ask(context, 'POST', path, json);
    },
  }),
});

export const harmSpoils: Record<string, Spoiled> = {
  'nothing that must never leave is in any request, record, task or line of the log': [
    'says what it should not',
    'carried',
    sendsMore('/people/1/notes', { text: 'canary' }),
  ],
  'no write makes or ends a lease, sets a move-out, begins a deposit or posts a payment': [
    'makes a lease',
    'asks for leases',
    sendsMore('/leases', {}),
  ],
  'a change of somebody who is on a lease changes that field or nothing': [
    'ends the lease first',
    ': lease',
    {
      connector: (usual, context) => ({
        async update(kind, id, ...more) {
          await ask(context, 'POST', `/people/${id}/lease`, { status: 'ended' });
          await usual.update(kind, id, ...more);
        },
      }),
    },
  ],
  'nothing is sent that would mail the person or do what nobody may': [
    'lets the PMS mail people',
    'It would e-mail the person',
    sendsMore('/people', { sendInvitation: true }),
  ],
  'a move-out changes no field of a record': [
    'changes a field with a move-out',
    'A field was changed',
    {
      on: 'directus',
      connector: afterNote('moved-out', (usual, _context, id) =>
        usual.update('tenant', id, { phone: null }, {}),
      ),
    },
  ],
  'people about whom nothing changed cost no request': [
    'goes over everybody again',
    'requests were sent',
    goesOverEverybody,
  ],
  'every request keeps to the limits of its manifest': [
    'keeps to no limits',
    'does not keep to the windows',
    {
      connector(_usual, { http, label, server }) {
        http({ label, baseUrl: server ?? '', windows: [] });
        return {};
      },
    },
  ],
  'the check lets a good key pass, and changes nothing': [
    'asks nobody',
    'Nothing was asked',
    { connector: () => ({ check: async () => ({ name: null }) }) },
  ],
  'its units are listed with the ids that a unit map needs': [
    'lists no units',
    '2 of 2 units are not listed',
    { connector: () => ({ async *units() {} }) },
  ],
  'preview, which is how it begins, shows what it would write and writes nothing until it is live': [
    'begins live',
    'Something was written',
    { config: { mode: 'live' } },
  ],
  'a paused connection sends nothing and drops nothing, also after a restart': [
    'does not hear that it is paused',
    'requests were sent',
    {
      rig: ({ stores }) => {
        stores.connections.pause = async () => {};
        return {};
      },
    },
  ],
  'what is made beyond the quota of a day waits for a person': [
    'knows no quota',
    '4 records were made where two may be',
    { config: { createsPerDay: 1000 } },
  ],
  'what a person is to do is a task until they say that it is done, and no request': [
    'takes it for a PMS',
    'It is no task',
    { on: 'checklist', capabilities: { byHand: false }, config: { server: 'http://127.0.0.1:9' } },
  ],
};
