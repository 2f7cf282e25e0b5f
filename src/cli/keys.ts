/** `boomsync keys`: the keys that Boom may show. A further one beside the one before, and one less. */
import { Command } from 'commander';
import { type AddedKey, addKey, keyReferences, removeKey } from '../config/webhook-keys.ts';
import { ConfigFailure, type Exit, Failure } from './failure.ts';
import { addressOf, readConfig, runningServer } from './home.ts';
import { createOutput, type Output } from './output.ts';
import { takeUp } from './take-up.ts';

interface Options {
  account?: string;
  json?: boolean;
}

type Added = Extract<AddedKey, { ok: true }>;

const SEE = 'See them with: boomsync keys';

async function referencesNow(): Promise<{ configDir: string; keys: ReadonlyMap<string, readonly string[]> }> {
  const { configDir } = await readConfig('none');
  return { configDir, keys: await keyReferences(configDir) };
}

/** Without a name the only account that there is. */
function accountOf(keys: ReadonlyMap<string, readonly string[]>, { account }: Options): string {
  const [first, another] = keys.keys();
  if (account === undefined && first !== undefined && another === undefined) return first;
  if (account !== undefined && keys.has(account)) return account;
  const known = [...keys.keys()].join(', ');
  if (account === undefined)
    throw new Failure('usage', 'There are several accounts', `Say which, with --account: ${known}`, 2);
  throw new Failure('unknown_account', `There is no account ${account}`, `They are: ${known}`);
}

async function list({ json }: Options): Promise<void> {
  const { keys } = await referencesNow();
  const accounts = [...keys].map(([account, references]) => ({ account, keys: references }));
  createOutput(json === true).result({ accounts }, () =>
    accounts
      .flatMap(({ account, keys: references }) => [
        `${account}:`,
        ...references.map((reference, at) => `  ${at + 1}  ${reference}`),
      ])
      .join('\n'),
  );
}

const taken = (now: boolean) =>
  now ? 'The running server goes by it already.' : 'It counts from the next start of boomsync.';

/** What is not accepted is not left behind: such a key must not be given to Boom. */
async function takeUpAdded({ key, reference }: Added, configDir: string, account: string, output: Output) {
  try {
    const running = await takeUp(output);
    if (await isAccepted(key, account)) return running;
    throw new Failure(
      'key_outside',
      'The new key is not accepted: BOOM_WEBHOOK_KEY is set, and wins over the keys in config/boomsync.yaml',
      `Name it among the webhookKeys of ${account} as env:BOOM_WEBHOOK_KEY, or unset it and start boomsync again. Then run this again.`,
    );
  } catch (error) {
    await removeKey(configDir, account, reference);
    throw error;
  }
}

/** As the running server has it, whose environment may be another than ours; else as the next start will. */
async function isAccepted(key: string, account: string): Promise<boolean> {
  const config = await readConfig('accounts');
  const server = runningServer(config);
  if (server === null)
    return config.accounts.find(({ name }) => name === account)?.webhookKeys.includes(key) ?? false;
  const headers = { 'x-api-key': key, 'content-type': 'text/plain' };
  // Of no type that is taken: whoever has a key is told so, and whoever has none is refused before.
  const address = `${addressOf(server)}/webhooks/boom/${account}`;
  const { status } = await fetch(address, { method: 'POST', headers, body: '' });
  return status === 415;
}

async function rotate(options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const { configDir, keys } = await referencesNow();
  const account = accountOf(keys, options);
  const added = await addKey(configDir, account);
  if (!added.ok) throw new ConfigFailure(added.faults);
  const { key, reference } = added;
  const running = await takeUpAdded(added, configDir, account, output);
  const before = keys.get(account) ?? [];
  output.result({ account, key, reference, before, running }, () =>
    [
      `A new key for ${account}, beside the ${before.length === 1 ? 'one' : `${before.length}`} before:`,
      '',
      `  ${key}`,
      '',
      `${taken(running)} Give it to Boom. When Boom uses it, take the one before out:`,
      ...before.map((one) => `  boomsync keys drop ${one} --account ${account}`),
    ].join('\n'),
  );
}

async function drop(reference: string, options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const { configDir, keys } = await referencesNow();
  const account = accountOf(keys, options);
  const references = keys.get(account) ?? [];
  if (!references.includes(reference))
    throw new Failure('unknown_key', `${account} has no key ${reference}`, SEE);
  if (references.length < 2)
    throw new Failure(
      'last_key',
      'It is the only key, without which nothing of Boom’s is taken',
      'Make another first, with: boomsync keys rotate',
    );
  // What is set outside would come back with the next start, in the place of all others.
  if (reference.startsWith('env:'))
    throw new Failure(
      'key_outside',
      `${reference} is set outside of config/`,
      'Take it out of the service’s environment and of webhookKeys in config/boomsync.yaml, and start boomsync again.',
    );
  const edited = await removeKey(configDir, account, reference);
  if (!edited.ok) throw new ConfigFailure(edited.faults);
  const running = await takeUp(output);
  const left = (await keyReferences(configDir)).get(account) ?? [];
  output.result(
    { account, dropped: reference, keys: left, running },
    () => `${reference} is no key of ${account} any more. ${taken(running)}`,
  );
}

export function keysCommand(_exit: Exit): Command {
  const command = new Command('keys')
    .description('the keys that Boom may show: see where they are, make another, take one out')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Keys themselves are shown once, when they are made. Both are accepted until you drop the one before, so that nothing of
Boom's is refused meanwhile.

Examples:
  $ boomsync keys
  $ boomsync keys rotate
  $ boomsync keys rotate --account oak --json
  $ boomsync keys drop file:secrets/boom-webhook-key`,
    )
    .action(list);
  command
    .command('rotate')
    .description('make a further key and print it; the one before is accepted until you drop it')
    .option('--account <name>', 'whose, where there are several')
    .option('--json', 'print one JSON document')
    .action((_options: unknown, self: Command) => rotate(self.optsWithGlobals()));
  command
    .command('drop')
    .description('take one out: from then on it is refused')
    .argument('<key>', 'as `boomsync keys` has it, like file:secrets/boom-webhook-key')
    .option('--account <name>', 'whose, where there are several')
    .option('--json', 'print one JSON document')
    .action((reference: string, _options: unknown, self: Command) => drop(reference, self.optsWithGlobals()));
  return command;
}
