/** Step 3: the key, checked at once; for a connection that is there: another one. */
import { z } from 'zod';
import { page } from '../../contract.ts';
import { Form } from '../../parts/form.tsx';
import { readDraft } from './draft.ts';

export const keyView = z.object({
  name: z.string(),
  label: z.string(),
  /** False for a connection that is there. */
  draft: z.boolean(),
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      help: z.string(),
      secret: z.boolean(),
      /** Of what is no secret; null: nothing yet. */
      value: z.string().nullable(),
      /** Whether one is there. */
      kept: z.boolean(),
    }),
  ),
});
type KeyView = z.output<typeof keyView>;

export const keyPage = page({
  name: 'setup_connection_key',
  path: '/setup/connection/:name/key',
  nav: 'connections',
  role: 'owner',
  about: 'Which credentials a connection needs, and which it has; no secret is ever in it',
  query: z.object({ name: z.string() }),
  view: keyView,
  async read({ name }, at): Promise<KeyView | null> {
    const found = await readDraft(name, at);
    if (found === null) return null;
    const { config, manifest, draft, label } = found;
    const fields = Object.entries(manifest.credentials).map(([field, { label, help, secret }]) => {
      const value = config.credentials[field] ?? '';
      return {
        name: field,
        label,
        help,
        secret,
        value: secret || value === '' ? null : value,
        kept: value !== '',
      };
    });
    return { name, label, draft, fields };
  },
  title: ({ label }, words) => words.setup.keyTitle(label),
  body: ({ name, draft, fields }, frame) => {
    const { setup } = frame.words;
    const complete = fields.every(({ kept }) => kept);
    return (
      <section class="card">
        {draft ? <p class="soft">{setup.step(3, setup.keyStep)}</p> : null}
        <p>{setup.keyHelp}</p>
        <Form does="check_key" with={{ name }} frame={frame}>
          {fields.map((field) => (
            <Field key={field.name} field={field} kept={setup.kept} />
          ))}
          <button type="submit" class="main">
            {draft ? setup.check : setup.replaceCheck}
          </button>
        </Form>
        {draft && complete ? (
          <p>
            <a class="button" href={`/setup/connection/${encodeURIComponent(name)}/file`}>
              {setup.goOnAnyway}
            </a>
          </p>
        ) : null}
      </section>
    );
  },
});

function Field({ field, kept }: { field: KeyView['fields'][number]; kept: string }) {
  const help = `help-${field.name}`;
  return (
    <>
      <label>
        {capital(field.label)}
        <input
          name={`credential_${field.name}`}
          {...(field.secret ? { type: 'password' as const } : { type: 'text' as const })}
          value={field.value ?? ''}
          required={!field.kept}
          autocomplete="off"
          spellcheck={false}
          aria-describedby={help}
        />
      </label>
      <p id={help} class="soft small">
        {field.help}
        {field.secret && field.kept ? ` ${kept}` : ''}
      </p>
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
