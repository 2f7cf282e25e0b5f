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

/** For all of them, and for one. */
const ALL_MS = 2000;
const ONE_MS = 700;
const MEMORY_MB = 64;

/** `at`: which trial; `problem`: what JSONata said; null where it went well. */
interface Told {
  at: number;
  problem: string | null;
}

/** Says of each what is wrong with it; returns within two seconds and a little. */
export async function tryOut(trials: readonly Trial[]): Promise<void> {
  const end = Date.now() + ALL_MS;
  let next = 0;
  while (next < trials.length) {
    const left = end - Date.now();
    if (left <= 0) {
      for (const trial of trials.slice(next))
        trial.complain('was not tried: the others took too long. Mend those first');
      return;
    }
    const from = next;
    const stuckAt = await tryFrom(trials, from, left, ({ at, problem }) => {
      next = from + at + 1;
      if (problem !== null) trials[from + at]?.complain(problem);
    });
    if (!stuckAt) return;
    trials[next]?.complain('does not come to an end, or needs too much memory');
    next += 1;
  }
}

/** True where the one after the last that was told did not end. */
function tryFrom(
  trials: readonly Trial[],
  from: number,
  ms: number,
  tell: (told: Told) => void,
): Promise<boolean> {
  const worker = new Worker(CODE, {
    eval: true,
    workerData: {
      jsonata: createRequire(import.meta.url).resolve('jsonata'),
      bounds: BOUNDS,
      trials: trials.slice(from).map(({ text, samples, nullIsAbsent }) => ({
        text,
        samples: nullIsAbsent ? samples.map(present) : samples,
      })),
    },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 16 },
  });
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout;
    const finish = (stuck: boolean) => {
      clearTimeout(timer);
      worker.removeAllListeners();
      // What it still has to say when it is out of memory is no fault of ours.
      worker.on('error', () => {});
      void worker.terminate().then(() => resolve(stuck));
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => finish(true), Math.min(ONE_MS, ms));
    };
    worker.on('online', wait);
    worker.on('message', (told: Told | 'done') => {
      if (told === 'done') return finish(false);
      tell(told);
      wait();
    });
    worker.on('error', () => finish(true));
    timer = setTimeout(() => finish(true), ms);
  });
}

/** Text and no file of its own: the sources are TypeScript, and a thread of theirs would have to be built first. */
const CODE = `
const { parentPort, workerData } = require('node:worker_threads');
const jsonata = require(workerData.jsonata);
${isSo.toString()}
${reason.toString()}
(async () => {
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
