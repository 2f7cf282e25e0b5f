/** The dry run: what would be written over there, field by field, and going live. */
import { z } from 'zod';
import { type Frame, page } from '../../contract.ts';
import { whole } from '../../forms.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Pager } from '../../parts/pager.tsx';
import { type PreviewView, previewView, readPreview } from './preview-read.ts';
import { PreviewedRecord } from './previewed-record.tsx';

interface Props {
  view: PreviewView;
  frame: Frame;
}

const pathOf = (name: string) => `/connections/${encodeURIComponent(name)}/preview`;

export const connectionPreviewPage = page({
  name: 'connection_preview',
  path: '/connections/:name/preview',
  nav: 'connections',
  role: 'helper',
  about: 'What would be written by one connection now, found by a look that writes nothing',
  query: z.object({ name: z.string(), page: whole.min(1).default(1) }),
  view: previewView,
  read: readPreview,
  title: ({ label }, words) => words.connection.previewTitle(label),
  body: (view, frame) =>
    view.ready ? <Seen view={view} frame={frame} /> : <Looking view={view} frame={frame} />,
});

function Looking({ view: { name, label }, frame: { words } }: Props) {
  return (
    <section class="card" data-awaits={`/api/v1/connection_preview?name=${encodeURIComponent(name)} ready`}>
      <p>{words.connection.looking(label)}</p>
      <p>
        <a class="button" href={pathOf(name)}>
          {words.connection.reload}
        </a>
      </p>
    </section>
  );
}

function Seen({ view, frame }: Props) {
  const { words } = frame;
  const { connection } = words;
  const { name, label, counts, failure, mode, page, pages, records } = view;
  const at = (number: number) => `${pathOf(name)}?page=${number}`;
  const writes = counts.create + counts.update + counts.decisions + counts.notes > 0;
  return (
    <>
      <section class="card">
        {failure === null ? null : (
          <p class="fault">
            {failure.paused ? connection.pausedLook(label) : connection.couldNotLook(label)}{' '}
            {failure.paused ? '' : failure.message}
          </p>
        )}
        <p>{connection.counts(label, counts.update, counts.create)}</p>
        <p>{connection.countsMore(counts.decisions, counts.notes, counts.needsYou, counts.inLine)}</p>
        {counts.needsYou > 0 ? (
          <p>
            <a href="/needs-you">{connection.showNeeds}</a>
          </p>
        ) : null}
        <p class="soft small">
          {connection.lookedAt}: <Moment at={view.at} frame={frame} />
        </p>
        <div class="actions">
          <ButtonForm does="look_again" with={{ name }} frame={frame}>
            {connection.lookAgain}
          </ButtonForm>
        </div>
      </section>
      {mode === 'preview' && failure === null && frame.who.role === 'owner' ? (
        <section class="card">
          <h2>{connection.goLive}</h2>
          <p>{connection.goLiveText(label, writes)}</p>
          <ButtonForm does="go_live" with={{ name, look: view.look }} frame={frame} look="main">
            {connection.goLive}
          </ButtonForm>
        </section>
      ) : null}
      {records.map((record) => (
        <PreviewedRecord
          key={`${record.tenantId} ${record.kind} ${record.place}`}
          record={record}
          name={view.name}
          label={label}
          frame={frame}
        />
      ))}
      <Pager
        words={words}
        previous={page > 1 ? at(page - 1) : null}
        next={page < pages ? at(page + 1) : null}
      />
    </>
  );
}
