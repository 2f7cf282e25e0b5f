/** One connection. */
import { z } from 'zod';
import { page } from '../../contract.ts';
import { Details } from '../../parts/details.tsx';
import { Abilities } from './abilities.tsx';
import { Facts } from './facts.tsx';
import { Mode } from './mode.tsx';
import { connectionView, readOne } from './read.ts';
import { Rights } from './rights.tsx';
import { State } from './state.tsx';

export const connectionPage = page({
  name: 'connection',
  path: '/connections/:name',
  nav: 'connections',
  role: 'helper',
  about: 'One connection: how it fares, its rights and limits, what it can do, and whether it writes',
  query: z.object({ name: z.string() }),
  view: connectionView,
  read: ({ name }, at) => readOne(name, at),
  title: ({ name, label }) => (label === name ? label : `${label}: ${name}`),
  body: (view, frame) => (
    <>
      <State view={view} frame={frame} />
      {view.able?.local || view.able?.byHand ? null : <Mode view={view} frame={frame} />}
      <Rights view={view} frame={frame} />
      <Facts view={view} frame={frame} />
      {view.able === null ? null : <Abilities able={view.able} words={frame.words} />}
      <Details words={frame.words}>
        <dl>
          <dt>{frame.words.connection.detailsFile}</dt>
          <dd>
            <code>{view.file}</code>
          </dd>
          <dt>{frame.words.connection.detailsConnector}</dt>
          <dd>
            <code>{view.connector}</code>
          </dd>
          {view.health.message === null ? null : (
            <>
              <dt>{frame.words.connection.detailsMessage}</dt>
              <dd>{view.health.message}</dd>
            </>
          )}
        </dl>
      </Details>
    </>
  ),
});
