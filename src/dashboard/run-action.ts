/** Does what a button says, and says what came of it. */
import { randomBytes } from 'node:crypto';
import { faultName } from '../fault-name.ts';
import type { Action, At, Said } from './contract.ts';

/** Whoever pressed a button waits no longer; what was begun goes on. */
const PATIENCE_MS = 15_000;

export async function runAction(action: Action, input: unknown, at: At): Promise<Said> {
  const work = action.run(input as never, at).catch((error: unknown) => {
    const id = randomBytes(4).toString('hex');
    at.log.error({ id, action: action.name, ...faultName(error) }, 'an action failed');
    return { ok: false, text: at.words.frame.failed, remedy: at.words.frame.failedText(id) } satisfies Said;
  });
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<Said>((resolve) => {
    timer = setTimeout(() => resolve({ ok: true, text: at.words.frame.underWay }), PATIENCE_MS);
  });
  try {
    const said = await Promise.race([work, tooLong]);
    at.changed();
    at.log.info({ action: action.name, ok: said.ok }, 'action');
    return said;
  } finally {
    clearTimeout(timer);
  }
}
