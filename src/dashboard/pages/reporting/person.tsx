/** What the bureaus were told of one person, open questions and reasons: behind a reveal that is recorded. */
import { z } from 'zod';
import { type At, action, type Frame, loggedAs, page } from '../../contract.ts';
import { optional } from '../../forms.ts';
import { nameOf } from '../../names.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { isRevealed, reveal } from '../../reveals.ts';

const query = z.object({ id: z.string(), reveal: optional.optional() });

const enrollment = z.object({
  bureaus: z.array(
    z.object({ bureau: z.string(), month: z.string().nullable(), status: z.string().nullable() }),
  ),
  issues: z.array(z.string()),
  reasons: z.array(z.string()),
});

const personView = z.object({
  tenantId: z.string(),
  who: z.string(),
  /** Null until it is revealed. */
  enrollments: z.array(enrollment).nullable(),
});
type PersonView = z.output<typeof personView>;
type Enrollment = z.output<typeof enrollment>;

const revealOf = (tenantId: string) => `reporting ${tenantId}`;

export const reportingPersonPage = page({
  name: 'reporting_person',
  path: '/reporting/:id',
  nav: 'reporting',
  role: 'helper',
  about: 'What the bureaus were told of one person, open questions and reasons, once revealed',
  query,
  view: personView,
  read: readPerson,
  title: ({ who }, words) => words.reporting.personTitle(who),
  body: (view, frame) => <Person view={view} frame={frame} />,
});

export const revealReporting = action({
  name: 'reveal_reporting',
  role: 'owner',
  about: 'Shows what the bureaus were told of a person; who looked is recorded',
  input: z.object({ tenantId: z.string() }),
  async run({ tenantId }, { stores, who, now, words: { reporting } }) {
    const entry = { at: now().toISOString(), who: loggedAs(who), what: 'revealed_reporting' };
    await stores.peopleLog.write({ ...entry, tenantId, eventId: null, detail: null });
    const key = reveal(who, revealOf(tenantId), now());
    return {
      ok: true,
      text: reporting.shown,
      to: `/reporting/${encodeURIComponent(tenantId)}?reveal=${key}`,
    };
  },
});

async function readPerson(
  { id, reveal: key = null }: z.output<typeof query>,
  { stores, who, now, words }: At,
): Promise<PersonView | null> {
  const row = await stores.tenants.get(id);
  if (row === null) return null;
  const { record } = row;
  const open = who.role === 'owner' && isRevealed(who, revealOf(record.id), key, now());
  const enrollments = record.enrollments.map(({ furnishments, openIssues, reasons }) => ({
    bureaus: furnishments,
    issues: openIssues.map(({ title, slug }) => title ?? slug),
    reasons,
  }));
  return { tenantId: record.id, who: nameOf(record.person, words), enrollments: open ? enrollments : null };
}

function Person({ view, frame }: { view: PersonView; frame: Frame }) {
  const { reporting } = frame.words;
  if (view.enrollments === null)
    return (
      <section class="card">
        <p>{reporting.hidden}</p>
        {frame.who.role === 'owner' ? (
          <p>
            <ButtonForm does="reveal_reporting" frame={frame} with={{ tenantId: view.tenantId }} look="main">
              {reporting.show}
            </ButtonForm>{' '}
            <span class="soft small">{reporting.revealNote}</span>
          </p>
        ) : null}
      </section>
    );
  return (
    <>
      {view.enrollments.map((one, at) => (
        <OneEnrollment key={one} one={one} at={at + 1} frame={frame} />
      ))}
    </>
  );
}

function OneEnrollment({ one, at, frame }: { one: Enrollment; at: number; frame: Frame }) {
  const { reporting } = frame.words;
  return (
    <section class="card">
      <h2>{reporting.enrollment(at)}</h2>
      <h3>{reporting.bureaus}</h3>
      {one.bureaus.length === 0 ? (
        <p>{reporting.noBureaus}</p>
      ) : (
        <Scroll label={`${reporting.enrollment(at)}: ${reporting.bureaus}`}>
          <table>
            <caption>{reporting.bureaus}</caption>
            <thead>
              <tr>
                <th scope="col">{reporting.bureau}</th>
                <th scope="col">{reporting.month}</th>
                <th scope="col">{reporting.status}</th>
              </tr>
            </thead>
            <tbody>
              {one.bureaus.map(({ bureau, month, status }) => (
                <tr key={`${bureau} ${month}`}>
                  <th scope="row">{bureau}</th>
                  <td>{month ?? '–'}</td>
                  <td>{status ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <h3>{reporting.issues}</h3>
      <p>{one.issues.join('; ') || reporting.noIssues}</p>
      <h3>{reporting.reasons}</h3>
      <p>{one.reasons.join('; ') || reporting.noReasons}</p>
    </section>
  );
}
