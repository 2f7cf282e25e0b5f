/** Who it is, and where they stand with Boom. */
import type { Frame } from '../../../contract.ts';
import { ButtonForm } from '../../../parts/form.tsx';
import { dateTime, Moment } from '../../../parts/moment.tsx';
import type { TenantView } from '../read.ts';

interface Props {
  view: TenantView;
  frame: Frame;
}

export function Who({ view, frame: { words } }: Props) {
  const { tenant, tenants } = words;
  const lines = [
    [tenant.email, view.email],
    [tenant.phone, view.phone],
    [tenant.unit, view.unit],
    [tenant.stage, view.stage === null ? tenants.noStage : tenants.stages[view.stage]],
  ] as const;
  return (
    <section class="card">
      <h2>{tenant.who}</h2>
      {view.knownOnlyById ? <p>{tenant.knownOnlyById}</p> : null}
      <dl>
        {lines.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value ?? <span class="soft">{tenant.unknown}</span>}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

export function Stands({ view, frame }: Props) {
  const { tenant, reporting } = frame.words;
  const { applications, enrollments } = view;
  const nothing = applications.length === 0 && enrollments.length === 0;
  return (
    <section class="card">
      <h2>{tenant.stands}</h2>
      {nothing ? <p>{tenant.nothingYet}</p> : null}
      <ul class="plain-list">
        {applications.map((application) => (
          <Application application={application} frame={frame} />
        ))}
        <Residencies view={view} frame={frame} />
        {enrollments.map(({ reporting: state, since, unconfirmed }) => (
          <li>
            {tenant.enrollment(state === null ? tenant.unknown : reporting.states[state])}{' '}
            <Since at={since} frame={frame} />
            {unconfirmed ? <div class="small soft">{tenant.enrollmentGap}</div> : null}
          </li>
        ))}
        {enrollments.length === 0 && !nothing ? <li class="soft">{tenant.notEnrolled}</li> : null}
      </ul>
      <Doubts view={view} frame={frame} />
    </section>
  );
}

function Since({ at, frame }: { at: string | null; frame: Frame }) {
  return at === null ? null : (
    <span class="small soft">
      <Moment at={at} frame={frame} exact />
    </span>
  );
}

function Application({
  application: { unit, leasing, since, onHold, left, others, contradicted },
  frame,
}: {
  application: TenantView['applications'][number];
  frame: Frame;
}) {
  const { tenant, tenants } = frame.words;
  const stage = leasing === null ? tenant.unknown : tenants.stages[leasing];
  const more = [
    onHold && tenant.onHold,
    left && tenant.left,
    others > 0 && tenant.others(others),
    contradicted && tenant.contradicted,
  ].filter((said) => said !== false);
  return (
    <li>
      {tenant.application(unit ?? tenant.someUnit, stage)} <Since at={since} frame={frame} />
      {more.length === 0 ? null : <div class="small soft">{more.join(' ')}</div>}
    </li>
  );
}

function Residencies({ view, frame }: Props) {
  const { tenant } = frame.words;
  return (
    <>
      {view.residencies.map(({ unit, status, since }) =>
        status === 'unknown' ? null : (
          <li>
            {tenant.residency[status](unit ?? tenant.someUnit)} <Since at={since} frame={frame} />
          </li>
        ),
      )}
    </>
  );
}

/** What is not certain, with what can be said to it. */
function Doubts({ view, frame }: Props) {
  const { words, who, timezone } = frame;
  const { tenant } = words;
  return (
    <>
      {view.unconfirmed.map(({ what, since }) => (
        <p>
          {tenant.unconfirmedSince(
            tenant.unconfirmed[what] ?? tenant.somethingUnconfirmed,
            since === '' ? words.frame.never : dateTime(since, timezone, words.locale),
          )}{' '}
          <a href="/needs-you#gaps">{tenant.whatToCheck}</a>
        </p>
      ))}
      {view.boomPush === null ? null : <p>{tenant.boomPush(view.boomPush.error)}</p>}
      {view.weaklyJoined ? (
        <div>
          <p>{tenant.weak}</p>
          {who.role === 'owner' ? (
            <div class="actions">
              <ButtonForm does="tenant_link" frame={frame} with={{ tenantId: view.id }} look="main">
                {tenant.onePerson}
              </ButtonForm>
              <ButtonForm does="tenant_unlink" frame={frame} with={{ tenantId: view.id }}>
                {tenant.twoPeople}
              </ButtonForm>
            </div>
          ) : (
            <p class="soft">{tenant.ownerSays}</p>
          )}
        </div>
      ) : null}
      {view.enrollments.length === 0 ? null : (
        <p>
          <a href={`/reporting/${encodeURIComponent(view.id)}`}>{tenant.reportingLink}</a>
        </p>
      )}
    </>
  );
}
