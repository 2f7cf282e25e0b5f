/** A command that changes something: the running server carries it out, or we do where none runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../app.ts';
import type { Config } from '../config/config.ts';
import type { CommandArgs, CommandName, CommandResult } from '../operate/commands.ts';
import { createLog } from '../operate/log.ts';
import { openDatabase } from '../store/database.ts';
import { acquireHomeLock } from '../store/home-lock.ts';
import { createStores, type Stores } from '../store/stores.ts';
import { Failure } from './failure.ts';
import { openToWrite, readConfig, readConnections } from './home.ts';
import type { Output } from './output.ts';

const LOOK_EVERY_MS = 100;
const SAY_EVERY_MS = 5000;

/** How far a long command is, in one line; null when there is nothing to say. */
export type Progress = (stores: Stores) => Promise<string | null>;

export async function handOver<N extends CommandName>(
  name: N,
  args: CommandArgs<N>,
  output: Output,
  progress: Progress = async () => null,
): Promise<CommandResult<N>> {
  const config = await readConfig();
  const lock = acquireHomeLock(config.dataDir);
  if (lock === null) return checked<N>(await askServer(config, name, args, output, progress));
  try {
    const connections = await readConnections(config);
    const { knex, stores } = await openToWrite(config);
    try {
      const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
      const app = createApp({ config, connections, stores, log });
      const saying = setInterval(() => {
        // A look that fails says nothing; the command itself goes on.
        progress(stores).then(
          (far) => far !== null && output.say(far),
          () => {},
        );
      }, SAY_EVERY_MS);
      try {
        await app.commands.run('forget_again', {});
        return checked<N>(await app.commands.run(name, args));
      } finally {
        clearInterval(saying);
        await app.stop();
      }
    } finally {
      await knex.destroy();
    }
  } finally {
    lock.release();
  }
}

async function askServer(
  config: Config,
  name: string,
  args: unknown,
  output: Output,
  progress: Progress,
): Promise<unknown> {
  const knex = await openDatabase(config.databaseFile);
  let leave = () => {};
  try {
    const stores = createStores(knex);
    const { commands } = stores;
    const id = await commands.ask(name, args, new Date().toISOString());
    leave = () => void commands.withdraw(id).finally(() => process.exit(130));
    process.once('SIGINT', leave);
    const began = Date.now();
    for (let said = began; ; ) {
      const result = await commands.take(id);
      if (result !== undefined) return result;
      if (Date.now() - said > SAY_EVERY_MS) {
        said = Date.now();
        const far = await progress(stores);
        const so = `The server is at it (${Math.round((said - began) / 1000)} s)`;
        output.say(`${far ?? so}. Ctrl-C leaves it at work, or takes it back where it is not begun.`);
        const lock = acquireHomeLock(config.dataDir);
        if (lock !== null) {
          await commands.withdraw(id);
          lock.release();
          throw new Failure('server_gone', 'The server stopped before it was done', 'Run the command again.');
        }
      }
      await sleep(LOOK_EVERY_MS);
    }
  } finally {
    process.off('SIGINT', leave);
    await knex.destroy();
  }
}

function checked<N extends CommandName>(result: unknown): CommandResult<N> {
  if (typeof result === 'object' && result !== null && 'error' in result) {
    const remedy = 'remedy' in result ? String(result.remedy) : 'Look into the log of the server.';
    const code = 'code' in result ? String(result.code) : 'command_failed';
    throw new Failure(code, String(result.error), remedy);
  }
  return result as CommandResult<N>;
}
