/** Whose rent was reported in which month: a table. No list of it can be taken away from here. */
import type { TakesPart } from '../../../store/reporting.ts';
import { type Frame, page } from '../../contract.ts';
import { Pager } from '../../parts/pager.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { monthName, shortMonth } from './months.ts';
import { type ReportingView, readReporting, reportingQuery, reportingView } from './read.ts';

interface Props {
  view: ReportingView;
  frame: Frame;
}

export const reportingPage = page({
  name: 'reporting',
  path: '/reporting',
  nav: 'reporting',
  role: 'helper',
  about: 'Whose rent was reported in which month',
  query: reportingQuery,
  view: reportingView,
  read: readReporting,
  title: (_view, words) => words.reporting.title,
  body: (view, frame) => <Reporting view={view} frame={frame} />,
});

function Reporting({ view, frame }: Props) {
  const { reporting } = frame.words;
  if (view.total === 0)
    return (
      <section class="card">
        <p>{reporting.empty}</p>
      </section>
    );
  return (
    <>
      <p class="soft">{reporting.about}</p>
      <Summary view={view} frame={frame} />
      {view.unconfirmed ? (
        <section class="card">
          <p>{reporting.gap}</p>
          <a href="/needs-you">{reporting.gapNext}</a>
        </section>
      ) : null}
      <nav class="pager" aria-label={reporting.month}>
        <a href={`/reporting?until=${view.earlier}`}>{reporting.earlier}</a>
        {view.later === null ? <span /> : <a href={`/reporting?until=${view.later}`}>{reporting.later}</a>}
      </nav>
      <Table view={view} frame={frame} />
      <Pager
        words={frame.words}
        previous={view.first ? null : pathOf(view, null)}
        next={view.after === null ? null : pathOf(view, view.after)}
      />
    </>
  );
}

function pathOf({ months }: ReportingView, after: number | null): string {
  const until = `/reporting?until=${months.at(-1)}`;
  return after === null ? until : `${until}&after=${after}`;
}

/** The last month that is over: of the present one little can have been reported. */
function Summary({ view, frame: { words } }: Props) {
  const { reporting, locale } = words;
  const at = view.later === null ? view.months.length - 2 : view.months.length - 1;
  const month = view.months[at];
  if (month === undefined) return null;
  const taking = view.rows.filter(({ cells }) => cells[at]?.state !== 'none');
  const reported = taking.filter(({ cells }) => cells[at]?.state === 'reported');
  const waiting = taking.filter(({ cells }) => cells[at]?.state === 'waiting');
  const whole = view.first && view.after === null;
  return (
    <p>
      {reporting.summary(monthName(month, locale), reported.length, taking.length)}{' '}
      {waiting.length === 0 ? '' : reporting.notYet(waiting.map(({ unit, who }) => unit ?? who).join(', '))}{' '}
      {whole ? '' : reporting.onThisPage}
    </p>
  );
}

function Table({ view, frame: { words } }: Props) {
  const { reporting, locale } = words;
  return (
    <Scroll label={reporting.title}>
      <table>
        <caption>{reporting.title}</caption>
        <thead>
          <tr>
            <th scope="col">{reporting.tenant}</th>
            <th scope="col">{reporting.unit}</th>
            <th scope="col">{reporting.stands}</th>
            {view.months.map((month) => (
              <th key={month} scope="col">
                {shortMonth(month, locale)}
              </th>
            ))}
            <th scope="col">{reporting.person}</th>
          </tr>
        </thead>
        <tbody>
          {view.rows.map((row) => (
            <tr key={row.tenantId}>
              <th scope="row">
                <a href={`/tenants/${encodeURIComponent(row.tenantId)}`}>{row.who}</a>
              </th>
              <td>{row.unit ?? '–'}</td>
              <td>{reporting.states[row.stands as TakesPart]}</td>
              {row.cells.map(({ state, bureaus }, at) => (
                <td key={view.months[at]}>
                  <span aria-hidden="true">{reporting.shapes[state]} </span>
                  {state === 'reported' ? reporting.cell.reported(bureaus) : reporting.cell[state]}
                </td>
              ))}
              <td>
                <a
                  href={`/reporting/${encodeURIComponent(row.tenantId)}`}
                  aria-label={reporting.lookAt(row.who)}
                >
                  {reporting.look}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
