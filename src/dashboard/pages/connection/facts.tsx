/** When it was and will be looked at, what it adds, and what it is allowed. */
import type { Frame } from '../../contract.ts';
import { Moment } from '../../parts/moment.tsx';
import type { ConnectionView } from './read.ts';

export function Facts({ view, frame }: { view: ConnectionView; frame: Frame }) {
  const { connection } = frame.words;
  const { lastConfirmedAt, nextCheckAt, create, createsPerDay, limits, concurrency, able } = view;
  const adds =
    create === 'never' || able?.creates.length === 0
      ? connection.addsNobody
      : [connection.addsKind[create], createsPerDay !== null && connection.addsAtMost(createsPerDay)]
          .filter(Boolean)
          .join(', ');
  return (
    <section class="card">
      <h2>{connection.state}</h2>
      <dl>
        <dt>{connection.records}</dt>
        <dd>{connection.recordsText(view.inLine, view.waiting, view.needsYou)}</dd>
        <dt>{connection.lastSuccess}</dt>
        <dd>{lastConfirmedAt === null ? connection.never : <Moment at={lastConfirmedAt} frame={frame} />}</dd>
        <dt>{connection.nextCheck}</dt>
        <dd>{nextCheckAt === null ? connection.onlyWhenAsked : <Moment at={nextCheckAt} frame={frame} />}</dd>
        <dt>{connection.adds}</dt>
        <dd>{adds}</dd>
        {able?.local || able?.byHand ? null : (
          <>
            <dt>{connection.limits}</dt>
            <dd>
              {[
                connection.atOnce(concurrency),
                ...limits.map(
                  ({ requests, seconds, used }) =>
                    `${connection.limit(requests, seconds)}${used === null ? '' : ` (${connection.limitUsed(used)})`}`,
                ),
              ].join('; ')}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
