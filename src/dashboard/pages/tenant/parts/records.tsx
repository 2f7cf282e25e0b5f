/** Every record of the person: how it stands, field by field, and what can be said to it. */
import { STANDING_WORDS } from '../../../../operate/record-standing.ts';
import type { Frame } from '../../../contract.ts';
import { Details } from '../../../parts/details.tsx';
import { ButtonForm } from '../../../parts/form.tsx';
import { dateTime, Moment } from '../../../parts/moment.tsx';
import { StatusWord } from '../../../parts/status-word.tsx';
import type { TenantView } from '../read.ts';
import type { RecordView } from '../record.ts';
import { FieldTable } from './fields.tsx';

interface Props {
  record: RecordView;
  frame: Frame;
}

export function Records({ view, frame }: { view: TenantView; frame: Frame }) {
  const { words, timezone } = frame;
  const { tenant } = words;
  return (
    <section>
      <h2>{tenant.records}</h2>
      {view.records.length === 0 ? (
        <p>{tenant.noRecords}</p>
      ) : (
        <p>
          <a class="button" href={`/tenants/${encodeURIComponent(view.id)}?look=on`}>
            {tenant.lookNow}
          </a>
        </p>
      )}
      {view.looked === null ? null : (
        <div role="status">
          <p>{tenant.looked(dateTime(view.looked.at, timezone, words.locale))}</p>
          {view.looked.failures.map(({ label, why }) => (
            <p>{why === null ? tenant.noAnswer(label) : tenant.lookFailed(label, why)}</p>
          ))}
        </div>
      )}
      {view.records.map((record) => (
        <Record key={record.token} record={record} tenantId={view.id} frame={frame} />
      ))}
    </section>
  );
}

export function titleOf({ label, kind, unit }: RecordView, { words: { tenant } }: Frame): string {
  return tenant.recordTitle(label, tenant.kinds[kind], unit);
}

function Record({ record, tenantId, frame }: Props & { tenantId: string }) {
  const { words } = frame;
  const { tenant, tenants } = words;
  const title = titleOf(record, frame);
  const table = <FieldTable record={record} title={title} frame={frame} />;
  return (
    <article class="card">
      <h3>{title}</h3>
      <p>
        <StatusWord verdict={STANDING_WORDS[record.word]} words={words} text={tenants.words[record.word]} />
      </p>
      <Sentence record={record} frame={frame} />
      <Would record={record} frame={frame} />
      {record.fields.length === 0 ? null : record.local ? (
        <Details words={words} title={tenant.fields}>
          {table}
        </Details>
      ) : (
        table
      )}
      <p class="small soft">
        {tenant.lastLook}: <Moment at={record.seenAt} frame={frame} />
      </p>
      <Answers record={record} tenantId={tenantId} title={title} frame={frame} />
      {record.message === null && record.remoteId === null ? null : (
        <Details words={words}>
          {record.message === null ? null : <p>{record.message}</p>}
          {record.remoteId === null ? null : <p>{`${record.connection}: ${record.remoteId}`}</p>}
        </Details>
      )}
    </article>
  );
}

function Sentence({ record, frame }: Props) {
  const { words, timezone, fieldName } = frame;
  const { tenant, needsYou } = words;
  const { label, word, cause, notTaken, decision, syncedAt } = record;
  const when = syncedAt === null ? '' : dateTime(syncedAt, timezone, words.locale);
  if (notTaken.length > 0)
    return (
      <>
        {notTaken.map(({ sent, shows }) => (
          <p>{tenant.notTaken(label, sent, shows ?? tenant.nothing)}</p>
        ))}
      </>
    );
  if (word === 'in_line' && syncedAt !== null && !record.local)
    return <p>{decision === null ? tenant.shows(label, when) : tenant.confirms(label, decision, when)}</p>;
  if (word === 'needs_you') {
    const causes: Readonly<Record<string, { what(label: string, fields: string): string }>> = needsYou.causes;
    const about = cause !== null && Object.hasOwn(causes, cause) ? causes[cause] : undefined;
    const asked = record.fields.filter(({ differs }) => differs === 'ask' || differs === 'write');
    const fields = asked.map(({ field }) => fieldName(record.connection, field)).join(', ');
    return <p>{about?.what(label, fields) ?? tenant.say.needs_you(label)}</p>;
  }
  return <p>{tenant.say[word](label)}</p>;
}

/** What a look found to do beside the fields. */
function Would({ record: { would, word }, frame: { words } }: Props) {
  const { tenant } = words;
  const said = [
    ...(would.create && word !== 'in_line' ? [tenant.wouldCreate] : []),
    ...(would.decision === null || word === 'in_line'
      ? []
      : [tenant.wouldDecide(would.decision.from ?? tenant.nothing, would.decision.to)]),
    ...(word === 'in_line' ? [] : would.notes.map((text) => tenant.wouldNote(text))),
  ];
  return said.length === 0 ? null : (
    <ul>
      {said.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

function itemPath(tenantId: string, { connection, kind, place }: RecordView): string {
  return `/needs-you/record?${new URLSearchParams({ tenantId, connection, kind, place })}`;
}

function Answers({ record, tenantId, title, frame }: Props & { tenantId: string; title: string }) {
  const { tenant } = frame.words;
  const { label, asked, word, token } = record;
  const settles = asked && (word === 'needs_you' || word === 'put_off');
  return (
    <div class="actions">
      {settles ? (
        <>
          <ButtonForm
            does="needs_settle"
            frame={frame}
            with={{ record: token, take: 'theirs' }}
            label={`${tenant.keepTheirs(label)}: ${title}`}
            look="main"
          >
            {tenant.keepTheirs(label)}
          </ButtonForm>
          <ButtonForm
            does="needs_settle"
            frame={frame}
            with={{ record: token, take: 'boom' }}
            label={`${tenant.useBoom}: ${title}`}
          >
            {tenant.useBoom}
          </ButtonForm>
        </>
      ) : null}
      {word === 'put_off' ? (
        <ButtonForm
          does="needs_wake"
          frame={frame}
          with={{ record: token }}
          label={`${tenant.wake}: ${title}`}
        >
          {tenant.wake}
        </ButtonForm>
      ) : null}
      {word === 'needs_you' ? (
        <a href={itemPath(tenantId, record)} aria-label={`${tenant.seeItem}: ${title}`}>
          {tenant.seeItem}
        </a>
      ) : null}
    </div>
  );
}
