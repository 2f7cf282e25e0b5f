/** A setting of one field, for everybody: the file as it is and as it would be, before it is written. */
import { z } from 'zod';
import { connectionFile } from '../../../config/drafts.ts';
import { showField } from '../../../config/edit-fields.ts';
import { type At, type Frame, page } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';

const query = z.object({ connection: z.string(), field: z.string().min(1), how: z.enum(['off', 'pms']) });

const fieldView = query.extend({
  label: z.string(),
  before: z.string(),
  /** Null where the file has a fault. */
  after: z.string().nullable(),
});
type FieldView = z.output<typeof fieldView>;

export const fieldPage = page({
  name: 'needs_you_field',
  path: '/needs-you/field',
  nav: 'needsYou',
  role: 'owner',
  about:
    'What leaving a field out, or leaving it to the system over there, would write into the connection’s file',
  query,
  view: fieldView,
  read: readField,
  title: ({ how }, { needsYou }) => needsYou.fieldTitle[how],
  body: (view, frame) => <Field view={view} frame={frame} />,
});

async function readField(
  asked: z.output<typeof query>,
  { connections, config }: At,
): Promise<FieldView | null> {
  const label = connections().find(({ name }) => name === asked.connection)?.label;
  if (label === undefined) return null;
  const file = connectionFile(config.configDir, asked.connection);
  const { before, after } = await showField(file, asked.field, asked.how);
  return { ...asked, label, before, after: after.ok ? after.text : null };
}

function Field({ view, frame }: { view: FieldView; frame: Frame }) {
  const { needsYou } = frame.words;
  const { connection, field, how, label, before, after } = view;
  return (
    <>
      <p>
        <a href="/needs-you">{needsYou.toAll}</a>
      </p>
      <p>{needsYou.fieldAbout[how](frame.fieldName(connection, field), label)}</p>
      {after === null ? (
        <p class="fault">{needsYou.fileFaulty}</p>
      ) : (
        <>
          <div class="sides">
            <section>
              <h2>{needsYou.fileIs}</h2>
              <pre>{before}</pre>
            </section>
            <section>
              <h2>{needsYou.fileBecomes}</h2>
              <pre>{marked(before, after)}</pre>
            </section>
          </div>
          <ButtonForm does="needs_field" frame={frame} with={{ connection, field, how }} look="main">
            {needsYou.writeIt}
          </ButtonForm>
        </>
      )}
    </>
  );
}

/** New lines stand out. */
function marked(before: string, after: string) {
  const known = new Set(before.split('\n'));
  return after
    .split('\n')
    .map((line, at) => (known.has(line) ? `${line}\n` : <ins key={`${at} ${line}`}>{`${line}\n`}</ins>));
}
