/** Is everything all right? One sentence, then what it is made of. */
import { z } from 'zod';
import type { Verdict } from '../../../operate/verdict.ts';
import { type Frame, page } from '../../contract.ts';
import { Bars, Strip } from '../../parts/charts.tsx';
import { Details } from '../../parts/details.tsx';
import { Moment } from '../../parts/moment.tsx';
import { SHAPES, StatusWord } from '../../parts/status-word.tsx';
import { Table } from '../../parts/table.tsx';
import { type OverviewView, overviewView, readOverview } from './read.ts';

interface Props {
  view: OverviewView;
  frame: Frame;
}

export const overviewPage = page({
  name: 'overview',
  path: '/',
  nav: 'overview',
  role: 'helper',
  about: 'Whether everything is in line, and what that is made of',
  query: z.object({}),
  view: overviewView,
  read: (_query, at) => readOverview(at),
  title: (_view, words) => words.overview.title,
  body: (view, frame) => (
    <>
      <Standing view={view} frame={frame} />
      <Tiles view={view} frame={frame} />
      <Changes view={view} frame={frame} />
      <Messages view={view} frame={frame} />
      <Agreement view={view} frame={frame} />
    </>
  ),
});

function Standing({ view, frame }: Props) {
  const { words } = frame;
  const { overview } = words;
  const verdict = view.verdict as Verdict;
  const next = overview.next[verdict];
  return (
    <section class={`card verdict ${verdict}`}>
      <StatusWord verdict={verdict} words={words} />
      <p>{view.sentence}</p>
      {verdict === 'not_set_up' ? (
        <ol>
          {overview.emptySteps.map(({ text, href }) => (
            <li key={href}>
              <a href={href}>{text}</a>
            </li>
          ))}
        </ol>
      ) : null}
      {next === null ? null : (
        <p>
          <a class="button main" href={next.href}>
            {next.text}
          </a>
        </p>
      )}
      <p class="soft small">
        {overview.lastChecked}: <Moment at={view.checkedAt} frame={frame} />
        {view.nextCheckAt === null ? null : (
          <>
            ; {overview.nextCheck}: <Moment at={view.nextCheckAt} frame={frame} />
          </>
        )}
        . {overview.lastMessage}:{' '}
        {view.lastMessageAt === null ? overview.noMessage : <Moment at={view.lastMessageAt} frame={frame} />}.
      </p>
    </section>
  );
}

function Tiles({ view, frame }: Props) {
  const { words } = frame;
  const { overview } = words;
  return (
    <section>
      <h2>{overview.howItStands}</h2>
      <ul class="tiles">
        {view.accounts.map(({ name, api, waiting }) => (
          <li key={name} class="card">
            <h3>{view.accounts.length === 1 ? overview.boom : `${overview.boom} (${name})`}</h3>
            <p>{overview.api[api]}</p>
            <p class="soft small">
              {overview.messages(view.events)}
              {waiting > 0 ? `; ${overview.toBeRead(waiting)}` : ''}
            </p>
          </li>
        ))}
        {view.connections.map((one) => (
          <li key={one.name} class="card">
            <h3>
              <a href={`/connections/${encodeURIComponent(one.name)}`}>{one.label}</a>
            </h3>
            <p>
              <StatusWord verdict={one.verdict as Verdict} words={words} />
            </p>
            {one.mode === 'preview' ? <p>{overview.previewing(one.label)}</p> : null}
            <p class="soft small">
              {[
                overview.inLine(one.inLine),
                one.waiting > 0 && overview.waiting(one.waiting),
                one.needsYou > 0 && overview.needsYou(one.needsYou),
              ]
                .filter(Boolean)
                .join(', ')}
            </p>
          </li>
        ))}
        <AlertsTile view={view} frame={frame} />
        <BackupTile view={view} frame={frame} />
      </ul>
    </section>
  );
}

function OwnersLink({ to, text, frame }: { to: string; text: string; frame: Frame }) {
  return <h3>{frame.who.role === 'owner' ? <a href={to}>{text}</a> : text}</h3>;
}

function AlertsTile({ view: { alerts }, frame }: Props) {
  const { overview } = frame.words;
  return (
    <li class="card">
      <OwnersLink to="/settings/alerts" text={overview.alerts} frame={frame} />
      <p>{overview.alertsHow(alerts.channels, alerts.failing)}</p>
      {alerts.lastSentAt === null ? null : (
        <p class="soft small">
          {overview.lastSent}: <Moment at={alerts.lastSentAt} frame={frame} />
        </p>
      )}
    </li>
  );
}

function BackupTile({ view: { backup }, frame }: Props) {
  const { overview } = frame.words;
  return (
    <li class="card">
      <OwnersLink to="/settings/backup" text={overview.backup} frame={frame} />
      <p>{backup.bad ? overview.backupBad : backup.on ? overview.backupOn : overview.backupOff}</p>
      <p class="soft small">
        {overview.lastBackup}:{' '}
        {backup.lastVerifiedAt === null ? (
          overview.noBackup
        ) : (
          <Moment at={backup.lastVerifiedAt} frame={frame} />
        )}
      </p>
    </li>
  );
}

function Changes({ view, frame }: Props) {
  const { overview, frame: common } = frame.words;
  return (
    <section class="card">
      <h2>{overview.lastChanges}</h2>
      {view.changes.length === 0 ? <p>{overview.noChanges}</p> : null}
      <ul class="plain-list">
        {view.changes.map(({ at, tenantId, who, label, action }) => (
          <li key={`${at} ${tenantId} ${action}`}>
            <a href={`/tenants/${encodeURIComponent(tenantId)}`}>
              {(overview.changed[action] ?? overview.changedOtherwise)(who ?? common.unnamed, label)}
            </a>
            , <Moment at={at} frame={frame} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Messages({ view, frame: { words } }: Props) {
  const { overview } = words;
  const counts = view.messages.map(({ messages }) => messages);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const summary = overview.messagesSummary(total, counts.filter((count) => count > 0).length);
  return (
    <section class="card">
      <h2>{overview.messagesByDay}</h2>
      <Bars values={counts} label={summary} />
      <p class="small">
        {summary} {total > 0 ? overview.mostInADay(Math.max(...counts)) : ''}
      </p>
      <Details words={words} title={overview.asTable}>
        <Days
          caption={overview.messagesByDay}
          heads={[overview.dayOf, overview.count]}
          rows={view.messages.filter(({ messages }) => messages > 0).map((one) => [one.day, one.messages])}
        />
      </Details>
    </section>
  );
}

function Agreement({ view, frame: { words } }: Props) {
  const { overview, frame } = words;
  const seen = view.agreement.filter(({ verdict }) => verdict !== null);
  const inLine = seen.filter(({ verdict }) => verdict === 'in_line').length;
  const summary = overview.agreementSummary(inLine, seen.length);
  const present = (Object.keys(SHAPES) as Verdict[]).filter((one) =>
    seen.some(({ verdict }) => verdict === one),
  );
  return (
    <section class="card">
      <h2>{overview.agreement}</h2>
      <Strip verdicts={view.agreement.map(({ verdict }) => verdict)} label={summary} />
      <ul class="legend">
        {present.map((verdict) => (
          <li key={verdict}>
            <StatusWord verdict={verdict} words={words} />
          </li>
        ))}
        {seen.length < view.agreement.length ? <li class="soft">– {overview.notThere}</li> : null}
      </ul>
      <p class="small">{summary}</p>
      <Details words={words} title={overview.asTable}>
        <Days
          caption={overview.agreement}
          heads={[overview.dayOf, overview.worst]}
          rows={seen.map(({ day, verdict }) => [day, frame.verdict[verdict as Verdict]])}
        />
      </Details>
    </section>
  );
}

function Days({ caption, heads, rows }: { caption: string; heads: string[]; rows: (string | number)[][] }) {
  return (
    <Table caption={caption} heads={heads}>
      {rows.map(([first, ...others]) => (
        <tr key={first}>
          <th scope="row">{first}</th>
          {others.map((cell) => (
            <td key={cell}>{cell}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
}
