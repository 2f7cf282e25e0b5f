/** Who else this person may be: looks for the other entry, and makes both one. */
import { z } from 'zod';
import { type At, type Frame, page } from '../../contract.ts';
import { optional } from '../../forms.ts';
import { nameOf } from '../../names.ts';
import { ButtonForm, Form } from '../../parts/form.tsx';
import { searchOf } from '../../searches.ts';
import { unitOf } from '../tenants/read.ts';

/** More are found by more words. */
const SHOWN = 10;

const mergeQuery = z.object({
  id: z.string(),
  found: optional.optional().describe('The key that the action find_people gave'),
});

const entry = z.object({
  id: z.string(),
  name: z.string(),
  unit: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});

const mergeView = z.object({ tenant: entry, q: z.string(), others: z.array(entry) });
type MergeView = z.output<typeof mergeView>;

export const mergePage = page({
  name: 'tenant_merge',
  path: '/tenants/:id/merge',
  nav: 'tenants',
  role: 'owner',
  about: 'Who else on record may be this person',
  query: mergeQuery,
  view: mergeView,
  read: readMerge,
  title: ({ tenant }, words) => words.tenant.mergeTitle(tenant.name),
  body: (view, frame) => <Merge view={view} frame={frame} />,
});

async function readMerge({ id, found }: z.output<typeof mergeQuery>, at: At): Promise<MergeView | null> {
  const { stores, words, now, who } = at;
  const row = await stores.tenants.get(id);
  if (row === null) return null;
  const { person } = row.record;
  // Whoever goes by the same name is the likeliest.
  const name = [person.firstName, person.lastName].filter(Boolean).join(' ');
  const text = searchOf(who, found, now()) || name;
  const everybody = { stage: null, connection: null, standing: null, after: null };
  const { ids } =
    text === ''
      ? { ids: [] }
      : await stores.tenantSearch.find({ ...everybody, text, limit: SHOWN + 1, now: now().toISOString() });
  const rows = await stores.tenantSearch.rows(ids.filter((other) => other !== row.record.id));
  const view = ({ record }: typeof row) => ({
    id: record.id,
    name: nameOf(record.person, words),
    unit: unitOf(record),
    email: record.person.email,
    phone: record.person.phone,
  });
  return { tenant: view(row), q: text, others: rows.slice(0, SHOWN).map(view) };
}

function Merge({ view, frame }: { view: MergeView; frame: Frame }) {
  const { tenant, tenants } = frame.words;
  const path = `/tenants/${encodeURIComponent(view.tenant.id)}`;
  return (
    <>
      <p>{tenant.mergeAbout}</p>
      <p>
        <Told entry={view.tenant} />
      </p>
      <Form does="find_people" frame={frame} with={{ tenantId: view.tenant.id }} class="filters">
        <label>
          {tenant.mergeSearch}
          <input type="search" name="q" value={view.q} maxLength={200} autocomplete="off" />
        </label>
        <button type="submit">{tenants.find}</button>
      </Form>
      {view.others.length === 0 ? <p>{tenant.mergeNone}</p> : null}
      <ul class="plain-list">
        {view.others.map((other) => (
          <li key={other.id}>
            <Told entry={other} />{' '}
            <ButtonForm
              does="tenant_merge"
              frame={{ ...frame, here: path }}
              with={{ tenantId: view.tenant.id, otherId: other.id }}
              label={tenant.mergeDoLabel(other.name)}
            >
              {tenant.mergeDo}
            </ButtonForm>
          </li>
        ))}
      </ul>
      <p>
        <a href={path}>{tenant.backTo(view.tenant.name)}</a>
      </p>
    </>
  );
}

function Told({ entry: { id, name, unit, email, phone } }: { entry: MergeView['tenant'] }) {
  const about = [unit, email, phone].filter((one) => one !== null).join(' · ');
  return (
    <>
      <a href={`/tenants/${encodeURIComponent(id)}`}>{name}</a>
      {about === '' ? null : ` · ${about}`}
    </>
  );
}
