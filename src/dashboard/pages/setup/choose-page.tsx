/** Step 1: which system. */
import { z } from 'zod';
import { shippedManifests } from '../../../connect/catalogue.ts';
import { KINDS } from '../../../connect/contract.ts';
import { type Frame, page } from '../../contract.ts';
import { Abilities } from '../connection/abilities.tsx';
import { ableOf } from '../connection/able.ts';

const chooseView = z.object({
  connectors: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      able: z.object({
        creates: z.array(z.enum(KINDS)),
        updates: z.array(z.enum(KINDS)),
        decides: z.boolean(),
        notes: z.enum(['staff', 'unproven', 'none']),
        units: z.boolean(),
        byHand: z.boolean(),
        local: z.boolean(),
        readBack: z.boolean(),
      }),
    }),
  ),
});

export const chooseConnectorPage = page({
  name: 'setup_connection',
  path: '/setup/connection',
  nav: 'connections',
  role: 'owner',
  about: 'Every system that can be connected, and what can be done there',
  query: z.object({}),
  view: chooseView,
  read: async () => ({
    connectors: connectable().map((one) => ({ id: one.id, label: one.label, able: ableOf(one) })),
  }),
  title: (_view, words) => words.setup.chooseTitle,
  body: ({ connectors }, { words }: Frame) => (
    <>
      <p class="soft">{words.setup.step(1, words.setup.chooseStep)}</p>
      <ul class="tiles">
        {connectors.map(({ id, label, able }) => (
          <li key={id} class="card">
            <h2>{label}</h2>
            <p>
              <a class="button" href={`/setup/connection/name?connector=${encodeURIComponent(id)}`}>
                {words.setup.choose(label)}
              </a>
            </p>
            <details>
              <summary aria-label={`${label}: ${words.setup.more}`}>{words.setup.more}</summary>
              <Abilities able={able} words={words} bare />
            </details>
          </li>
        ))}
      </ul>
      <p>{words.setup.missing}</p>
    </>
  ),
});

/** Files of ours are there from the start. */
function connectable() {
  return shippedManifests().filter(({ capabilities }) => !capabilities.local);
}
