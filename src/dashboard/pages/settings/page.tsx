/** What is set, each with a page of its own; and one's own password. */
import { z } from 'zod';
import { packageVersion } from '../../../config/version.ts';
import { backupFacts } from '../../../operate/backup/state.ts';
import { SHORTEST_PASSWORD } from '../../../operate/people/password.ts';
import { type At, type Frame, page, ROLES } from '../../contract.ts';
import { ButtonForm, Form } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import { readAlertsView } from './alerts-read.ts';

const settingsView = z.object({
  version: z.string(),
  you: z.object({ name: z.string(), role: z.enum(ROLES) }),
  /** Null for a helper. */
  owner: z
    .object({
      alerts: z.number(),
      backup: z.object({
        on: z.boolean(),
        lastVerifiedAt: z.string().nullable(),
        overdue: z.boolean(),
        failed: z.boolean(),
      }),
      people: z.number(),
      keys: z.number(),
    })
    .nullable(),
});
type SettingsView = z.output<typeof settingsView>;

export const settingsPage = page({
  name: 'settings',
  path: '/settings',
  nav: 'settings',
  role: 'helper',
  about: 'What is set, in short; a helper sees only what holds for them',
  query: z.object({}),
  view: settingsView,
  read: (_query, at) => readSettings(at),
  title: (_view, words) => words.settings.title,
  body: (view, frame) => (
    <>
      {view.owner === null ? (
        <p>{frame.words.settings.helperSees}</p>
      ) : (
        <Sections owner={view.owner} frame={frame} />
      )}
      <Password frame={frame} />
      <Everywhere frame={frame} />
      <p class="soft small">boomsync {view.version}</p>
    </>
  ),
});

async function readSettings(at: At): Promise<SettingsView> {
  const { who, stores } = at;
  const view = { version: packageVersion(), you: { name: who.name, role: who.role }, owner: null };
  if (who.role !== 'owner') return view;
  const [alerts, backup, users, keys] = await Promise.all([
    readAlertsView(at),
    backupFacts(at),
    stores.people.users(),
    stores.apiTokens.list(),
  ]);
  const { on, lastVerifiedAt, overdue, failure } = backup;
  return {
    ...view,
    owner: {
      alerts: alerts.channels.length,
      backup: { on, lastVerifiedAt, overdue, failed: failure !== null },
      people: users.filter(({ disabledAt }) => disabledAt === null).length,
      keys: keys.length,
    },
  };
}

function Sections({ owner, frame }: { owner: NonNullable<SettingsView['owner']>; frame: Frame }) {
  const { settings } = frame.words;
  const { alerts, backup, people, keys } = owner;
  return (
    <ul class="tiles">
      <li class="card">
        <h2>
          <a href="/settings/alerts">{settings.alerts}</a>
        </h2>
        <p>{alerts === 0 ? settings.noAlert : settings.channels(alerts)}</p>
        {alerts === 0 ? (
          <a class="button main" href="/settings/alerts/add/mail">
            {settings.setOne}
          </a>
        ) : null}
      </li>
      <li class="card">
        <h2>
          <a href="/settings/backup">{settings.backup}</a>
        </h2>
        {backup.overdue ? <p class="fault">{settings.overdue}</p> : null}
        {backup.failed ? <p class="fault">{settings.lastOneFailed}</p> : null}
        {backup.on ? null : <p>{settings.backupOff}</p>}
        <p>
          {settings.lastChecked}:{' '}
          {backup.lastVerifiedAt === null ? (
            settings.noneYet
          ) : (
            <Moment at={backup.lastVerifiedAt} frame={frame} />
          )}
        </p>
      </li>
      <li class="card">
        <h2>
          <a href="/settings/people">{settings.people}</a>
        </h2>
        <p>{settings.peopleCount(people)}</p>
      </li>
      <li class="card">
        <h2>
          <a href="/settings/log">{settings.log}</a>
        </h2>
        <p>{settings.logAbout}</p>
      </li>
      <li class="card">
        <h2>
          <a href="/settings/keys">{settings.keys}</a>
        </h2>
        <p>{settings.keysCount(keys)}</p>
      </li>
      <li class="card">
        <h2>
          <a href="/settings/about">{settings.about}</a>
        </h2>
        <p>{settings.aboutAbout}</p>
      </li>
    </ul>
  );
}

function Password({ frame }: { frame: Frame }) {
  const { settings, signIn } = frame.words;
  return (
    <section class="card">
      <h2>{settings.password}</h2>
      <Form does="change_password" frame={frame}>
        {/* So that a password manager knows whose it is. */}
        <input type="hidden" name="username" autocomplete="username" value={frame.who.name} />
        <label>
          {settings.oldPassword}
          <input name="old" type="password" autocomplete="current-password" required />
        </label>
        <label>
          {signIn.newPassword}
          <input
            name="password"
            type="password"
            autocomplete="new-password"
            minLength={SHORTEST_PASSWORD}
            required
            aria-describedby="password-help"
          />
        </label>
        <p id="password-help" class="soft small">
          {signIn.shortest(SHORTEST_PASSWORD)}
        </p>
        <label>
          {signIn.again}
          <input name="again" type="password" autocomplete="new-password" required />
        </label>
        <button type="submit" class="main">
          {settings.changePassword}
        </button>
      </Form>
    </section>
  );
}

function Everywhere({ frame }: { frame: Frame }) {
  const { settings } = frame.words;
  return (
    <section class="card">
      <h2>{settings.everywhere}</h2>
      <p>{settings.everywhereAbout}</p>
      <ButtonForm does="sign_out_everywhere" frame={frame}>
        {settings.everywhere}
      </ButtonForm>
    </section>
  );
}
