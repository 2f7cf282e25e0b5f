/** What forgetting somebody removes, what stays and where, before it is done; and keeping somebody for a dispute. */
import { basename } from 'node:path';
import { z } from 'zod';
import { KINDS } from '../../../connect/contract.ts';
import { lookFor } from '../../../operate/forget/look.ts';
import type { RecordPlace } from '../../../operate/forget/records.ts';
import { type At, type Frame, page } from '../../contract.ts';
import { nameOf } from '../../names.ts';
import { ButtonForm, Form } from '../../parts/form.tsx';
import { dateTime } from '../../parts/moment.tsx';

const place = z.object({ label: z.string(), kind: z.enum(KINDS), remoteId: z.string() });

const forgetView = z.object({
  id: z.string(),
  name: z.string(),
  /** Since when nothing of them may be removed; null: it may. */
  heldSince: z.string().nullable(),
  events: z.number(),
  /** Boom's messages about the person; those of others that name them are looked for when it is done. */
  bodies: z.number(),
  rows: z.record(z.string(), z.number()),
  others: z.record(z.string(), z.number()),
  files: z.array(place),
  pms: z.array(place),
  /** Copies of the database in which they stand. `goneBy` null: they go only by hand. */
  copies: z.array(z.object({ name: z.string(), at: z.string(), goneBy: z.string().nullable() })),
});
type ForgetView = z.output<typeof forgetView>;

export const forgetPage = page({
  name: 'tenant_forget',
  path: '/tenants/:id/forget',
  nav: 'tenants',
  role: 'owner',
  about: 'What forgetting somebody would remove, and where they would still stand; nothing is removed',
  query: z.object({ id: z.string() }),
  view: forgetView,
  read: readForget,
  title: ({ name }, { forget }) => forget.page.title(name),
  body: (view, frame) => <Forget view={view} frame={frame} />,
});

async function readForget({ id }: { id: string }, at: At): Promise<ForgetView | null> {
  const { stores, connections, config, words } = at;
  const { signal } = new AbortController();
  const looked = await lookFor(id, { stores, connections: connections(), config, signal, everywhere: false });
  if (looked === null) return null;
  const { tenant, places } = looked;
  const { events, bodies, rows, others, files, pms, copies, hold } = places;
  return {
    id: tenant.record.id,
    name: nameOf(tenant.record.person, words),
    heldSince: hold?.heldAt ?? null,
    events,
    bodies,
    rows: { ...rows },
    others,
    files: files.map(placeOf),
    pms: pms.map(placeOf),
    copies: copies.map(({ file, at, goneBy }) => ({ name: basename(file), at, goneBy })),
  };
}

const placeOf = ({ label, kind, remoteId }: RecordPlace) => ({ label, kind, remoteId });

function Forget({ view, frame }: { view: ForgetView; frame: Frame }) {
  const { words, timezone } = frame;
  const { forget, tenant } = words;
  const path = `/tenants/${encodeURIComponent(view.id)}`;
  const copies = view.copies.map(({ name, at, goneBy }) => {
    const gone = goneBy === null ? forget.byHand : forget.goneBy(goneBy.slice(0, 10));
    return `${dateTime(at, timezone, words.locale)}: ${name} (${gone})`;
  });
  return (
    <>
      <section class="card">
        <List title={forget.goes} lines={goesFrom(view, frame)} />
        <List title={forget.stays} lines={[forget.ledger, forget.tombstone]} />
        <List
          title={forget.elsewhere}
          lines={view.pms.map(({ label, kind, remoteId }) => forget.remote(label, kind, remoteId))}
        />
        <List title={forget.copies} lines={copies} />
      </section>
      {view.heldSince === null ? <Ask view={view} frame={frame} /> : null}
      <Hold view={view} frame={frame} />
      <p>
        <a href={path}>{tenant.backTo(view.name)}</a>
      </p>
    </>
  );
}

function goesFrom(
  { bodies, events, rows, others, files }: ForgetView,
  { words: { forget } }: Frame,
): string[] {
  return [
    forget.profile,
    forget.bodies(bodies),
    forget.events(events),
    ...forget.rows(rows),
    ...forget.others(others),
    ...files.map(({ label, kind }) => forget.file(label, kind)),
  ];
}

function List({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

/** Its number is typed by hand: one press too many must not remove somebody. */
function Ask({ view, frame }: { view: ForgetView; frame: Frame }) {
  const words = frame.words.forget.page;
  return (
    <section class="card">
      <h2>{words.ask}</h2>
      <p>{words.final}</p>
      <Form does="tenant_forget" frame={frame} with={{ tenantId: view.id }}>
        {view.copies.length === 0 ? null : (
          <label class="inline">
            <input type="checkbox" name="backups" value="on" /> {words.backups}
          </label>
        )}
        <label>
          {words.type(view.id)}
          <input type="text" name="typed" required maxLength={40} autocomplete="off" />
        </label>
        <button type="submit" class="danger">
          {words.do}
        </button>
      </Form>
    </section>
  );
}

function Hold({ view, frame }: { view: ForgetView; frame: Frame }) {
  const { words, timezone } = frame;
  const { page: said } = words.forget;
  const held = view.heldSince;
  return (
    <section class="card">
      <h2>{said.holdTitle}</h2>
      <p>{held === null ? said.holdAbout : said.heldSince(dateTime(held, timezone, words.locale))}</p>
      <ButtonForm
        does={held === null ? 'tenant_keep' : 'tenant_keep_end'}
        frame={frame}
        with={{ tenantId: view.id }}
      >
        {held === null ? said.holdDo : said.releaseDo}
      </ButtonForm>
    </section>
  );
}
