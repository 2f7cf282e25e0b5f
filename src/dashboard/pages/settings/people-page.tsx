/** Who may sign in. */
import { z } from 'zod';
import { type At, type Frame, page, ROLES } from '../../contract.ts';
import { ButtonForm, Form } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Table } from '../../parts/table.tsx';

const peopleView = z.object({
  users: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      role: z.enum(ROLES),
      createdAt: z.string().describe('UTC ISO 8601'),
      /** Null: they may sign in. */
      disabledAt: z.string().nullable(),
      /** False: they have not opened their link yet. */
      hasPassword: z.boolean(),
      /** Whoever asks. */
      you: z.boolean(),
    }),
  ),
});
type PeopleView = z.output<typeof peopleView>;

export const peoplePage = page({
  name: 'settings_people',
  path: '/settings/people',
  nav: 'settings',
  role: 'owner',
  about: 'Who may sign in, and as what',
  query: z.object({}),
  view: peopleView,
  read: (_query, at) => readPeople(at),
  title: (_view, words) => words.settings.people,
  body: (view, frame) => (
    <>
      <p>
        <a href="/settings">{frame.words.settings.all}</a>
      </p>
      <Users view={view} frame={frame} />
      <AddUser frame={frame} />
    </>
  ),
});

async function readPeople({ stores, who }: At): Promise<PeopleView> {
  const users = await stores.people.users();
  return {
    users: users.map(({ id, name, role, createdAt, disabledAt, passwordHash }) => ({
      id,
      name,
      role,
      createdAt,
      disabledAt,
      hasPassword: passwordHash !== null,
      you: id === who.session?.userId,
    })),
  };
}

function Users({ view: { users }, frame }: { view: PeopleView; frame: Frame }) {
  const { settings } = frame.words;
  return (
    <Table caption={settings.people} heads={[settings.name, settings.role, settings.since, settings.may]}>
      {users.map((user) => (
        <tr key={user.id}>
          <th scope="row">{user.you ? settings.itsYou(user.name) : user.name}</th>
          <td>{settings.roles[user.role]}</td>
          <td>
            <Moment at={user.createdAt} frame={frame} />
          </td>
          <td>
            {user.disabledAt !== null
              ? settings.mayNot
              : user.hasPassword
                ? settings.mayYes
                : settings.invited}
            {user.you ? null : <Let user={user} frame={frame} />}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Let({ user: { id, name, disabledAt }, frame }: { user: PeopleView['users'][number]; frame: Frame }) {
  const { settings } = frame.words;
  const may = disabledAt === null ? 'no' : 'yes';
  return (
    <ButtonForm
      does="let_user"
      with={{ id, may }}
      frame={frame}
      look={may === 'no' ? 'danger' : 'plain'}
      label={settings.letLabel[may](name)}
    >
      {settings.let[may]}
    </ButtonForm>
  );
}

function AddUser({ frame }: { frame: Frame }) {
  const { settings } = frame.words;
  return (
    <section class="card">
      <h2>{settings.addUser}</h2>
      <p>{settings.addUserAbout}</p>
      <Form does="add_user" frame={frame}>
        <label>
          {settings.name}
          <input name="name" required maxLength={80} autocomplete="off" />
        </label>
        <RoleSelect frame={frame} />
        <button type="submit" class="main">
          {settings.addUser}
        </button>
      </Form>
    </section>
  );
}

/** A helper first: it may do less. */
export function RoleSelect({ frame: { words } }: { frame: Frame }) {
  const { settings } = words;
  return (
    <label>
      {settings.role}
      <select name="role">
        {(['helper', 'owner'] as const).map((role) => (
          <option key={role} value={role}>
            {settings.rolesLong[role]}
          </option>
        ))}
      </select>
    </label>
  );
}
