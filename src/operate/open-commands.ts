/**
 * What other processes ask of the server, carried out side by side: what takes long holds up nothing that it has
 * nothing to do with.
 */
import type { Command, CommandStore } from '../store/commands.ts';
import type { Manner, Refused } from './command.ts';
import { Lanes } from './lanes.ts';

/** What was asked for longer ago was asked while no server was there, and nobody waits for it any more. */
const STALE_MS = 2 * 60_000;
/** Whoever asks has an answer by then; what is under way goes on. */
const LONGEST_MS = 10 * 60_000;

const NOT_RUNNING: Refused = {
  code: 'not_running',
  error: 'boomsync was not running when this was asked for, so it was not done',
  remedy: 'Ask again.',
};

const TOO_LONG: Refused = {
  code: 'too_long',
  error: 'This was not done within ten minutes',
  remedy: 'See what does not answer with "boomsync status", and whether it is done since, then ask again.',
};

export interface Prepared {
  manner: Manner;
  /** Never rejects. */
  work: () => Promise<object>;
}

export interface OpenCommandsTools {
  commands: CommandStore;
  now: () => Date;
  prepare: (command: Command) => Prepared;
}

interface Taken {
  /** Milliseconds since 1970. */
  since: number;
  /** Takes as long as it takes, and says meanwhile how far it is. */
  endless: boolean;
  /** Null until it is done. */
  result: object | null;
  /** Nothing of it is under way any more. */
  ended: boolean;
  done: Promise<void>;
}

export class OpenCommands {
  readonly #tools: OpenCommandsTools;
  readonly #reading = new Lanes();
  readonly #writing = new Lanes();
  readonly #taken = new Map<number, Taken>();
  /** What this process itself asked for and is under way. */
  readonly #own = new Set<Promise<void>>();
  #stopped = false;

  constructor(tools: OpenCommandsTools) {
    this.#tools = tools;
  }

  /** Begins what was asked for since the last time, and answers what takes too long. Does not wait for any of it. */
  async takeUp(): Promise<void> {
    const { commands, now, prepare } = this.#tools;
    const open = await commands.open();
    this.#forgetAnswered(open);
    const asked = open
      .filter(({ id }) => !this.#taken.has(id))
      .map((command) => ({ command, prepared: prepare(command) }));
    const hurries = ({ prepared }: (typeof asked)[number]) => Number(prepared.manner.lane === 'at once');
    for (const { command, prepared } of asked.sort((a, b) => hurries(b) - hurries(a)))
      this.#begin(command, prepared);
    for (const { id } of open) {
      const taken = this.#taken.get(id);
      const late = taken?.endless === false && now().getTime() - taken.since > LONGEST_MS;
      // A result is still open where it could not be written before.
      const answer = taken?.result ?? (late ? TOO_LONG : null);
      if (answer !== null) await commands.answer(id, answer, now().toISOString());
    }
  }

  /** What this process itself asks for, in its turn beside what others ask. Rejects as `work` does. */
  async run<Result>(lane: Manner['lane'], work: () => Promise<Result>): Promise<Result> {
    const working = new Promise<Result>((resolve, reject) => {
      const done = this.#inLane(lane, () => work().then(resolve, reject));
      this.#own.add(done);
      void done.finally(() => this.#own.delete(done));
    });
    return await working;
  }

  /** Begins nothing more, and resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#taken.values()].map(({ done }) => done));
    await Promise.all(this.#own);
  }

  #begin({ id, askedAt }: Command, { manner, work }: Prepared): void {
    const { commands, now } = this.#tools;
    const since = now().getTime();
    const { endless } = manner;
    const taken: Taken = { since, endless, result: null, ended: false, done: Promise.resolve() };
    this.#taken.set(id, taken);
    // Also where the clock was set back since.
    if (Math.abs(since - Date.parse(askedAt)) > STALE_MS) {
      taken.result = NOT_RUNNING;
      taken.ended = true;
      return;
    }
    taken.done = this.#inLane(manner.lane, async () => {
      try {
        // While it waited its turn it may have been answered, or nobody may want it any more.
        if (this.#stopped || !(await commands.isOpen(id))) return;
        taken.result = await work();
        await commands.answer(id, taken.result, now().toISOString());
      } catch {
        // The store: what was done is answered the next time.
      } finally {
        taken.ended = true;
      }
    });
  }

  #inLane(lane: Manner['lane'], work: () => Promise<void>): Promise<void> {
    if (lane === 'at once') return work();
    if (lane === 'alone') return this.#writing.runAlone(work);
    if ('reads' in lane) return this.#reading.run(lane.reads, work);
    return this.#writing.run(lane.writes, work);
  }

  /** Only by a list that was read afterwards, so that nothing is begun twice. */
  #forgetAnswered(open: readonly Command[]): void {
    const ids = new Set(open.map(({ id }) => id));
    for (const [id, { ended }] of this.#taken) if (ended && !ids.has(id)) this.#taken.delete(id);
  }
}
