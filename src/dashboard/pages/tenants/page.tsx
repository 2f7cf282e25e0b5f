/** Everybody on record: search, filters, trouble first. */
import { STANDING_WORDS } from '../../../operate/record-standing.ts';
import { STANDINGS } from '../../../store/tenant-search.ts';
import type { Words } from '../../../words/words.ts';
import { type Frame, page } from '../../contract.ts';
import { Form } from '../../parts/form.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { StatusWord } from '../../parts/status-word.tsx';
import {
  readTenants,
  STAGES,
  type TenantRowView,
  type TenantsView,
  tenantsQuery,
  tenantsView,
} from './read.ts';

export const tenantsPage = page({
  name: 'tenants',
  path: '/tenants',
  nav: 'tenants',
  role: 'helper',
  about: 'Everybody on record, who needs somebody first',
  query: tenantsQuery,
  view: tenantsView,
  read: readTenants,
  title: (_view, words) => words.tenants.title,
  body: (view, frame) => <Tenants view={view} frame={frame} />,
});

function Tenants({ view, frame }: { view: TenantsView; frame: Frame }) {
  const { tenants } = frame.words;
  if (view.total === 0 && view.tenants.length === 0)
    return (
      <section class="card">
        <p>{tenants.empty}</p>
        <a class="button main" href="/setup">
          {tenants.emptyNext}
        </a>
      </section>
    );
  return (
    <>
      <p class="soft">{tenants.about}</p>
      <Filters view={view} frame={frame} />
      {view.tenants.length > 0 ? (
        <Table view={view} frame={frame} />
      ) : view.broken ? null : (
        <p>{tenants.none}</p>
      )}
      {view.broken ? <p>{tenants.broken}</p> : null}
      <More view={view} words={frame.words} />
    </>
  );
}

function pathOf({ found, stage, connection, standing }: TenantsView, after: string | null): string {
  const given = { found, stage, connection, standing, after: after ?? '' };
  const query = new URLSearchParams(Object.entries(given).filter(([, value]) => value !== ''));
  return query.size === 0 ? '/tenants' : `/tenants?${query}`;
}

function Filters({ view, frame }: { view: TenantsView; frame: Frame }) {
  const { tenants } = frame.words;
  const { q, stage, connection, standing } = view;
  return (
    <Form does="find_people" frame={frame} class="filters">
      <label>
        {tenants.search}
        <input type="search" name="q" value={q} maxLength={200} autocomplete="off" />
      </label>
      <label>
        {tenants.stage}
        <select name="stage">
          <option value="">{tenants.anyStage}</option>
          {STAGES.map((one) => (
            <option key={one} value={one} selected={one === stage}>
              {tenants.stages[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {tenants.connection}
        <select name="connection">
          <option value="">{tenants.anywhere}</option>
          {view.connections.map(({ name, label }) => (
            <option key={name} value={name} selected={name === connection}>
              {titleOf(name, label)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {tenants.standing}
        <select name="standing">
          <option value="">{tenants.anyhow}</option>
          {STANDINGS.map((one) => (
            <option key={one} value={one} selected={one === standing}>
              {tenants.standings[one]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="main">
        {tenants.find}
      </button>
      {q || stage || connection || standing ? (
        <a class="button" href="/tenants">
          {tenants.clear}
        </a>
      ) : null}
    </Form>
  );
}

/** Two connections may be of one kind of PMS. */
export const titleOf = (name: string, label: string): string =>
  name.toLowerCase() === label.toLowerCase() ? label : `${label} (${name})`;

function Table({ view, frame }: { view: TenantsView; frame: Frame }) {
  const { tenants } = frame.words;
  return (
    <Scroll label={tenants.title}>
      <table>
        <caption>{tenants.title}</caption>
        <thead>
          <tr>
            <th scope="col">{tenants.name}</th>
            <th scope="col">{tenants.unit}</th>
            <th scope="col">{tenants.stage}</th>
            <th scope="col">{tenants.reporting}</th>
            {view.connections.map(({ name, label }) => (
              <th key={name} scope="col">
                {titleOf(name, label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.tenants.map((row) => (
            <Row key={row.id} row={row} view={view} words={frame.words} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Row({ row, view, words }: { row: TenantRowView; view: TenantsView; words: Words }) {
  const { tenants, reporting } = words;
  return (
    <tr>
      <th scope="row">
        <a href={`/tenants/${encodeURIComponent(row.id)}`}>{row.name}</a>
        {row.weaklyJoined ? <div class="small soft">{tenants.toConfirm}</div> : null}
      </th>
      <td>{row.unit ?? <span class="soft">{tenants.noUnit}</span>}</td>
      <td>{row.stage === null ? <span class="soft">{tenants.noStage}</span> : tenants.stages[row.stage]}</td>
      <td>
        {row.reporting.length === 0 ? (
          <span class="soft">{tenants.notReporting}</span>
        ) : (
          row.reporting.map((one) => reporting.states[one]).join(', ')
        )}
      </td>
      {view.connections.map(({ name }) => {
        const word = row.records[name] ?? null;
        return (
          <td key={name}>
            {word === null ? (
              <span class="soft">{tenants.noRecord}</span>
            ) : (
              <StatusWord verdict={STANDING_WORDS[word]} words={words} text={tenants.words[word]} />
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** There is no way back but to the start: a list that changes has no page before. */
function More({ view, words: { frame, tenants } }: { view: TenantsView; words: Words }) {
  if (view.first && view.next === null) return null;
  return (
    <nav class="pager" aria-label={`${tenants.fromStart} / ${frame.next}`}>
      {view.first ? <span /> : <a href={pathOf(view, null)}>{tenants.fromStart}</a>}
      {view.next === null ? (
        <span />
      ) : (
        <a href={pathOf(view, view.next)} rel="next">
          {view.broken ? tenants.lookFurther : frame.next}
        </a>
      )}
    </nav>
  );
}
