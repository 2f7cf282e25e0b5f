import { Command, Option } from 'commander';
import type { Config } from '../config/config.ts';
import { userView } from '../operate/people/commands.ts';
import { hashPassword } from '../operate/people/password.ts';
import { makeKey, makeSecret } from '../operate/people/secrets.ts';
import { ROLES, type Role } from '../store/people.ts';
import { askPassword } from './ask-password.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { addressOf, readConfig, runningServer, withReader } from './home.ts';
import { createOutput, moment, table } from './output.ts';
import { plain } from './plain.ts';

interface Options {
  json?: boolean;
}

async function users({ json }: Options): Promise<void> {
  await withReader(async ({ stores, config }) => {
    const all = (await stores.people.users()).map(userView);
    createOutput(json === true).result({ users: all }, () =>
      all.length === 0
        ? 'Nobody can sign in yet. Make a link for the first one with: boomsync admin login-link'
        : table(
            ['id', 'name', 'role', 'since', ''],
            all.map(({ id, name, role, createdAt, disabledAt, hasPassword }) => [
              id,
              name,
              role,
              moment(createdAt, config.timezone),
              disabledAt !== null ? 'may not sign in' : hasPassword ? '' : 'has chosen no password yet',
            ]),
          ),
    );
  });
}

async function addUser(name: string, { role, json }: Options & { role: Role }): Promise<void> {
  const output = createOutput(json === true);
  const { secret, hash } = makeSecret();
  const { user } = await handOver('add_user', { name, role, linkHash: hash }, output);
  const link = await linkTo(`/link/${secret}`);
  output.result({ user, link: link.url }, () =>
    plainLines([
      `${user.name} may sign in. Give them this link: it works once, for 24 hours, and there they choose a password.`,
      `  ${link.url}`,
      ...link.hints,
    ]),
  );
}

async function loginLink(name: string | undefined, { json }: Options): Promise<void> {
  const output = createOutput(json === true);
  const { secret, hash } = makeSecret();
  const { user } = await handOver('login_link', { name: name ?? null, linkHash: hash }, output);
  const link = await linkTo(`${user === null ? '/first-run' : '/link'}/${secret}`);
  output.result({ user, link: link.url }, () =>
    plainLines([
      user === null
        ? 'Open this within 15 minutes to choose how you sign in. It works once.'
        : `Open this within 15 minutes to sign in as ${user.name}. It works once.`,
      `  ${link.url}`,
      ...link.hints,
    ]),
  );
}

async function resetPassword(
  name: string,
  { passwordStdin, json }: Options & { passwordStdin?: boolean },
): Promise<void> {
  const output = createOutput(json === true);
  if ((await withReader(({ stores }) => stores.people.named(name))) === null)
    throw new Failure('unknown_user', `There is no user ${name}`, 'See them with: boomsync admin users');
  const passwordHash = await hashPassword(await askPassword(passwordStdin === true), 'change');
  const result = await handOver('set_password', { name, passwordHash }, output);
  output.result(result, () =>
    plain(`${result.user.name} signs in with the new password from now on, and is signed out everywhere.`),
  );
}

async function tokens({ json }: Options): Promise<void> {
  await withReader(async ({ stores, config }) => {
    const keys = await stores.apiTokens.list();
    createOutput(json === true).result({ keys }, () =>
      table(
        ['id', 'for', 'role', 'made', 'last used'],
        keys.map(({ id, name, role, createdAt, lastUsedAt }) => [
          id,
          name,
          role,
          moment(createdAt, config.timezone),
          lastUsedAt === null ? 'never' : moment(lastUsedAt, config.timezone),
        ]),
      ),
    );
  });
}

async function newToken(name: string, { role, json }: Options & { role: Role }): Promise<void> {
  const output = createOutput(json === true);
  const { secret, hash } = makeKey();
  const { key } = await handOver('new_key', { name, role, keyHash: hash }, output);
  output.result({ key, secret }, () =>
    plainLines([
      'Copy this key now: it is shown once.',
      `  ${secret}`,
      `A script sends it as "Authorization: Bearer KEY". Stop it with: boomsync admin token revoke ${key.id}`,
    ]),
  );
}

async function revokeToken(id: string, { json }: Options): Promise<void> {
  const output = createOutput(json === true);
  if (!/^\d{1,9}$/.test(id))
    throw new Failure('usage', `${id} is no id of a key`, 'See them with: boomsync admin tokens', 2);
  const result = await handOver('revoke_key', { id: Number(id) }, output);
  output.result(result, () => `Key ${result.id} does not work any more.`);
}

const plainLines = (lines: string[]): string => lines.map(plain).join('\n');

/** Where a browser finds it, as far as we know. */
async function linkTo(path: string): Promise<{ url: string; hints: string[] }> {
  const config = await readConfig('none');
  const server = runningServer(config);
  const hints = server === null ? ['boomsync is not running: start it first, with npm start.'] : [];
  return { url: `${baseOf(config, server)}${path}`, hints };
}

const baseOf = ({ publicUrl, host, port }: Config, server: { host: string; port: number } | null): string =>
  publicUrl ?? addressOf(server ?? { host, port });

const roleOption = () =>
  new Option('--role <role>', 'helper: no keys, no reveals, no erasing, no settings')
    .choices([...ROLES])
    .default('helper');

const examples = (...lines: string[]) =>
  `\nExamples:\n${lines.map((line) => `  $ boomsync admin ${line}`).join('\n')}`;

export function adminCommand(_exit: Exit): Command {
  const command = new Command('admin')
    .description('who may sign in to the pages, and keys for scripts')
    .addHelpText(
      'after',
      `
Links, passwords and keys are shown once; boomsync keeps only what proves them.
${examples(
  'login-link              a link that lets you in, where you forgot your password',
  'add-user Sam            somebody who helps you',
  'users',
  'token new "backup script" --role helper',
)}`,
    );
  const add = <Rest extends unknown[]>(
    parent: Command,
    usage: string,
    description: string,
    shown: string[],
    run: (...rest: [...Rest, never]) => Promise<void>,
  ): Command => {
    const sub = parent.command(usage).description(description).option('--json', 'print one JSON document');
    sub.addHelpText('after', examples(...shown));
    return sub.action((...given: unknown[]) => {
      const self = given.at(-1) as Command;
      return run(...([...given.slice(0, -2), self.optsWithGlobals()] as [...Rest, never]));
    });
  };
  add(command, 'users', 'who may sign in', ['users', 'users --json'], users);
  add(
    command,
    'add-user <name>',
    'let somebody sign in',
    ['add-user Sam', 'add-user Ana --role owner'],
    addUser,
  ).addOption(roleOption());
  add(
    command,
    'login-link [user]',
    'a link that lets somebody in once',
    ['login-link', 'login-link Ana'],
    loginLink,
  );
  add(
    command,
    'reset-password <user>',
    'give somebody another password',
    ['reset-password Ana', 'reset-password Ana --password-stdin < FILE'],
    resetPassword,
  ).option('--password-stdin', 'read it from what is sent, up to the end of the line');
  add(command, 'tokens', 'the keys for scripts', ['tokens', 'tokens --json'], tokens);
  const token = command.command('token').description('make or stop a key for scripts');
  add(token, 'new <name>', 'make one', ['token new "backup script"'], newToken).addOption(roleOption());
  add(token, 'revoke <id>', 'stop one', ['token revoke 3'], revokeToken);
  return command;
}
