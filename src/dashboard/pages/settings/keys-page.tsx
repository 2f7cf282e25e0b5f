/** Keys for scripts. */
import { z } from 'zod';
import { type Frame, page, ROLES } from '../../contract.ts';
import { ButtonForm, Form } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Table } from '../../parts/table.tsx';
import { RoleSelect } from './people-page.tsx';

const time = z.string().describe('UTC ISO 8601');

const keysView = z.object({
  keys: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      role: z.enum(ROLES),
      createdAt: time,
      /** Give or take ten minutes. */
      lastUsedAt: time.nullable(),
    }),
  ),
});
type KeysView = z.output<typeof keysView>;

export const keysPage = page({
  name: 'settings_keys',
  path: '/settings/keys',
  nav: 'settings',
  role: 'owner',
  about: 'The keys for scripts that work; never what they are',
  query: z.object({}),
  view: keysView,
  read: async (_query, { stores }) => ({
    keys: (await stores.apiTokens.list()).map(({ revokedAt: _, ...key }) => key),
  }),
  title: (_view, words) => words.settings.keys,
  body: (view, frame) => {
    const { settings } = frame.words;
    return (
      <>
        <p>
          <a href="/settings">{settings.all}</a>
        </p>
        <p>{settings.keysAbout}</p>
        {view.keys.length === 0 ? <p>{settings.noKeys}</p> : <Keys view={view} frame={frame} />}
        <section class="card">
          <h2>{settings.newKey}</h2>
          <Form does="new_key" frame={frame}>
            <label>
              {settings.keyFor}
              <input name="name" required maxLength={80} autocomplete="off" />
            </label>
            <RoleSelect frame={frame} />
            <button type="submit" class="main">
              {settings.newKey}
            </button>
          </Form>
        </section>
        <section>
          <h2>{settings.scripts}</h2>
          <p>{settings.scriptsAbout}</p>
          <p>
            <a href="/api/v1/openapi.json">{settings.scriptsDocument}</a>
          </p>
        </section>
      </>
    );
  },
});

function Keys({ view: { keys }, frame }: { view: KeysView; frame: Frame }) {
  const { settings } = frame.words;
  return (
    <Table
      caption={settings.keys}
      heads={[settings.keyFor, settings.role, settings.made, settings.lastUsed, settings.stopKey]}
    >
      {keys.map(({ id, name, role, createdAt, lastUsedAt }) => (
        <tr key={id}>
          <th scope="row">{name}</th>
          <td>{settings.roles[role]}</td>
          <td>
            <Moment at={createdAt} frame={frame} />
          </td>
          <td>
            <Moment at={lastUsedAt} frame={frame} />
          </td>
          <td>
            <ButtonForm
              does="revoke_key"
              with={{ id }}
              frame={frame}
              look="danger"
              label={settings.stopKeyLabel(name)}
            >
              {settings.stopKey}
            </ButtonForm>
          </td>
        </tr>
      ))}
    </Table>
  );
}
