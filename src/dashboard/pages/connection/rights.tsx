/** What the PMS lets us do, as the last test found it. */
import type { Frame } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import { checkSaid } from './checks.ts';
import type { ConnectionView } from './read.ts';

export function Rights({ view, frame }: { view: ConnectionView; frame: Frame }) {
  const { connection } = frame.words;
  const { rights, label, name, able } = view;
  if (able?.byHand) return null;
  const said = rights === null ? null : checkSaid(rights.checks, label, frame.words);
  return (
    <section class="card">
      <h2>{connection.rights}</h2>
      {said === null ? (
        <p>{connection.notTested}</p>
      ) : (
        <>
          <p class={said.ok ? undefined : 'fault'}>{said.text}</p>
          {said.remedy === undefined ? null : <p>{said.remedy}</p>}
          {said.ok && view.lastConfirmedAt === null && !able?.local ? (
            <p class="small">{connection.writesShow}</p>
          ) : null}
          <p class="soft small">
            {connection.tested}: <Moment at={rights?.at ?? null} frame={frame} />
          </p>
        </>
      )}
      <div class="actions">
        <ButtonForm does="test_connection" with={{ name }} frame={frame}>
          {connection.test}
        </ButtonForm>
        {able?.local || frame.who.role !== 'owner' ? null : (
          <a class="button" href={`/setup/connection/${encodeURIComponent(name)}/key`}>
            {connection.replaceKey}
          </a>
        )}
      </div>
    </section>
  );
}
