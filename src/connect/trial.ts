/**
 * Tries expressions that boomsync does not bring along over samples, in a thread that can be stopped: nothing that runs
 * on this one could end an expression that keeps it busy, or that fills the memory.
 */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { BOUNDS, reason } from './expressions.ts';
import { isSo, present } from './presence.ts';

export interface Trial {
  text: string;
  samples: object[];
  nullIsAbsent: boolean;
  complain(problem: string): void;
}

/** For all of them, and for one; beside that, how long a thread may take to begin on a busy machine. */
const ALL_MS = 2000;
const ONE_MS = 700;
const BEGIN_MS = 20_000;
const MEMORY_MB = 64;

/** `at`: which trial; `problem`: what JSONata said; null where it went well. */
interface Told {
  at: number;
  problem: string | null;
}

interface Tried {
  /** How many were told of. */
  count: number;
  /** The one after them did not end. */
  stuck: boolean;
  /** How long all that took, from when the thread had begun. */
  ms: number;
}

/** Says of each what is wrong with it. `mostMs`: for all of them. */
export async function tryOut(trials: readonly Trial[], mostMs = ALL_MS): Promise<void> {
  let left = mostMs;
  let next = 0;
  while (next < trials.length) {
    if (left <= 0) {
      for (const trial of trials.slice(next))
        trial.complain('was not tried: the others took too long. Mend those first');
      return;
    }
    const tried = await tryThese(trials.slice(next), left);
    if (!tried.stuck) return;
    next += tried.count;
    trials[next]?.complain('does not come to an end, or needs too much memory');
    next += 1;
    left -= tried.ms;
  }
}

function tryThese(trials: readonly Trial[], mostMs: number): Promise<Tried> {
  const worker = new Worker(CODE, {
    eval: true,
    workerData: {
      jsonata: createRequire(import.meta.url).resolve('jsonata'),
      bounds: BOUNDS,
      trials: trials.map(({ text, samples, nullIsAbsent }) => ({
        text,
        samples: nullIsAbsent ? samples.map(present) : samples,
      })),
    },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 16 },
  });
  return new Promise((resolve) => {
    let began = 0;
    let count = 0;
    const finish = (stuck: boolean) => {
      clearTimeout(timer);
      worker.removeAllListeners();
      // What it still has to say when it is out of memory is no fault of ours.
      worker.on('error', () => {});
      const ms = began === 0 ? 0 : Date.now() - began;
      void worker.terminate().then(() => resolve({ count, stuck, ms }));
    };
    // A machine on which no thread begins says nothing about the expressions.
    let timer = setTimeout(() => finish(false), BEGIN_MS);
    worker.on('message', (told: Told | 'begun' | 'done') => {
      clearTimeout(timer);
      if (told === 'done') return finish(false);
      if (told === 'begun') began = Date.now();
      else {
        count = told.at + 1;
        if (told.problem !== null) trials[told.at]?.complain(told.problem);
      }
      timer = setTimeout(() => finish(true), Math.min(ONE_MS, mostMs - (Date.now() - began)));
    });
    worker.on('error', () => finish(true));
  });
}

/** Text and no file of its own: the sources are TypeScript, and a thread of theirs would have to be built first. */
const CODE = `
const { parentPort, workerData } = require('node:worker_threads');
const jsonata = require(workerData.jsonata);
${isSo.toString()}
${reason.toString()}
(async () => {
  parentPort.postMessage('begun');
  for (const [at, { text, samples }] of workerData.trials.entries()) {
    let problem = null;
    try {
      const compiled = jsonata(text, workerData.bounds);
      compiled.registerFunction('not', (value) => !isSo(value), '<x?:b>');
      for (const sample of samples) await compiled.evaluate(sample);
    } catch (error) {
      problem = reason(error);
    }
    parentPort.postMessage({ at, problem });
  }
  parentPort.postMessage('done');
})();
`;
