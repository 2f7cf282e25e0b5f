/** Who looked at, revealed or erased what of a person, newest first. */
import { z } from 'zod';
import type { Words } from '../../../words/words.ts';
import { type At, type Frame, page } from '../../contract.ts';
import { whole } from '../../forms.ts';
import { Moment } from '../../parts/moment.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Table } from '../../parts/table.tsx';

const PAGE = 50;

const query = z.object({ before: whole.positive().optional() });

const logView = z.object({
  entries: z.array(
    z.object({
      id: z.number(),
      at: z.string().describe('UTC ISO 8601'),
      who: z.string(),
      what: z.string(),
      tenantId: z.string().nullable(),
      eventId: z.number().nullable(),
      detail: z.string().nullable(),
    }),
  ),
  first: z.boolean(),
  /** For the next page; null: this is the last. */
  before: z.number().nullable(),
});
type LogView = z.output<typeof logView>;

export const logPage = page({
  name: 'settings_log',
  path: '/settings/log',
  nav: 'settings',
  role: 'owner',
  about: 'Who looked at, revealed or erased what, newest first; never what stood there',
  query,
  view: logView,
  read: readLog,
  title: (_view, words) => words.settings.log,
  body: (view, frame) => {
    const { settings } = frame.words;
    return (
      <>
        <p>
          <a href="/settings">{settings.all}</a>
        </p>
        <p class="soft">{settings.logAbout}</p>
        {view.entries.length === 0 ? <p>{settings.logEmpty}</p> : <Entries view={view} frame={frame} />}
        <Pager
          words={frame.words}
          previous={view.first ? null : '/settings/log'}
          next={view.before === null ? null : `/settings/log?before=${view.before}`}
        />
      </>
    );
  },
});

async function readLog({ before }: z.output<typeof query>, { stores }: At): Promise<LogView> {
  const filter = before === undefined ? {} : { before };
  const found = await stores.peopleLog.list({ ...filter, limit: PAGE + 1 });
  const entries = found.slice(0, PAGE);
  return {
    entries,
    first: before === undefined,
    before: found.length > PAGE ? (entries.at(-1)?.id ?? null) : null,
  };
}

function Entries({ view: { entries }, frame }: { view: LogView; frame: Frame }) {
  const { settings } = frame.words;
  return (
    <Table caption={settings.log} heads={[settings.when, settings.who, settings.did, settings.ofWhat]}>
      {entries.map((entry) => (
        <tr key={entry.id}>
          <td>
            <Moment at={entry.at} frame={frame} exact />
          </td>
          <td>{entry.who}</td>
          <td>{didOf(entry.what, frame.words)}</td>
          <td>
            <Of entry={entry} words={frame.words} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** What has no words yet is shown as it was written. */
function didOf(what: string, { settings }: Words): string {
  const words: Readonly<Record<string, string>> = settings.deeds;
  return (Object.hasOwn(words, what) ? words[what] : null) ?? what.replaceAll('_', ' ');
}

function Of({
  entry: { id, tenantId, eventId, detail },
  words: { settings },
}: {
  entry: LogView['entries'][number];
  words: Words;
}) {
  return (
    <>
      {tenantId === null ? null : (
        <a href={`/tenants/${encodeURIComponent(tenantId)}`} aria-label={settings.toPersonLabel(id)}>
          {settings.toPerson}
        </a>
      )}{' '}
      {eventId === null ? null : <a href={`/events/${eventId}`}>{settings.toMessage(eventId)}</a>} {detail}
    </>
  );
}
