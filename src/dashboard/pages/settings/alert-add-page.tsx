/** A channel, filled in. */
import { z } from 'zod';
import { type Frame, page } from '../../contract.ts';
import { Form } from '../../parts/form.tsx';
import { KINDS } from './alerts-read.ts';

type Kind = (typeof KINDS)[number];

export const alertAddPage = page({
  name: 'settings_alert_add',
  path: '/settings/alerts/add/:kind',
  nav: 'settings',
  role: 'owner',
  about: 'What a channel of this kind is asked for',
  query: z.object({ kind: z.enum(KINDS) }),
  view: z.object({ kind: z.enum(KINDS), fields: z.array(z.string()) }),
  read: async ({ kind }) => ({ kind, fields: FIELDS[kind].map(({ name }) => name) }),
  title: ({ kind }, { settings }) => settings.add[kind],
  body: ({ kind }, frame) => {
    const { settings } = frame.words;
    return (
      <>
        <p>
          <a href="/settings/alerts">{settings.toAlerts}</a>
        </p>
        <section class="card">
          <p>{settings.addAbout[kind]}</p>
          <Form does={`draft_${kind}_alert`} frame={frame}>
            {FIELDS[kind].map((field) => (
              <Input key={field.name} kind={kind} field={field} frame={frame} />
            ))}
            <button type="submit" class="main">
              {settings.showChange}
            </button>
          </Form>
        </section>
      </>
    );
  },
});

interface Field {
  name: string;
  type: 'text' | 'password' | 'checkbox';
  required?: boolean;
  value?: string;
}

const FIELDS: Readonly<Record<Kind, readonly Field[]>> = {
  mail: [
    { name: 'host', type: 'text', required: true },
    { name: 'port', type: 'text', required: true, value: '587' },
    { name: 'secure', type: 'checkbox' },
    { name: 'user', type: 'text' },
    { name: 'password', type: 'password' },
    { name: 'from', type: 'text', required: true },
    { name: 'to', type: 'text', required: true },
  ],
  ntfy: [
    { name: 'url', type: 'text', required: true },
    { name: 'token', type: 'password' },
  ],
  url: [
    { name: 'url', type: 'text', required: true },
    { name: 'secret', type: 'password' },
  ],
};

function Input({ kind, field, frame }: { kind: Kind; field: Field; frame: Frame }) {
  const { settings } = frame.words;
  const { name, type, required = false, value = '' } = field;
  const asked: Readonly<Record<string, { label: string; help: string }>> = settings.fields[kind];
  const { label = name, help = '' } = asked[name] ?? {};
  const id = `help-${name}`;
  if (type === 'checkbox')
    return (
      <>
        <label class="inline">
          <input type="checkbox" name={name} aria-describedby={id} /> {label}
        </label>
        <p id={id} class="soft small">
          {help}
        </p>
      </>
    );
  return (
    <>
      <label>
        {label}
        <input
          name={name}
          {...(type === 'password' ? { type: 'password' as const } : { type: 'text' as const })}
          required={required}
          value={value}
          autocomplete="off"
          spellcheck={false}
          aria-describedby={id}
        />
      </label>
      <p id={id} class="soft small">
        {help}
      </p>
    </>
  );
}
