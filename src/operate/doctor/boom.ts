/** What is between Boom and us: its key for us, and its API. */
import { createBoomApi } from '../../boom/api/client.ts';
import type { AccountConfig } from '../../config/config.ts';
import { PushError } from '../../http/push-error.ts';
import { doctor as words } from '../../words/en/doctor.ts';
import { broken, type Finding, good, look } from './finding.ts';

/** Sixteen letters and digits that nobody chose are not guessed. */
const LONG_ENOUGH = 16;
const TIMEOUT_MS = 10_000;

export function checkKeys(accounts: readonly AccountConfig[]): Finding[] {
  return accounts.map(({ name, webhookKeys }) => {
    const check = `key-${name}`;
    if (webhookKeys.some((key) => key.length < LONG_ENOUGH))
      return look(check, words.key.short, words.key.shortRemedy);
    return webhookKeys.length > 1
      ? look(check, words.key.rotating(webhookKeys.length), words.key.rotatingRemedy)
      : good(check, words.key.good);
  });
}

export async function checkBoom({ name, api }: AccountConfig): Promise<Finding> {
  const check = `boom-${name}`;
  if (api === null) return look(check, words.boom.none, words.boom.noneRemedy);
  const boom = createBoomApi({
    config: api,
    account: name,
    log: { debug() {}, info() {}, warn() {} },
    timeoutMs: TIMEOUT_MS,
    // Boom may ask for minutes, and somebody sits and waits.
    wait: async () => {
      throw new PushError('rate_limited', words.boom.slow, { remedy: words.boom.slowRemedy });
    },
  });
  try {
    await boom.check();
    return good(check, words.boom.good);
  } catch (error) {
    if (!(error instanceof PushError)) return broken(check, words.boom.failed, words.boom.slowRemedy);
    return error.kind === 'rate_limited'
      ? look(check, error.message, error.remedy)
      : broken(check, error.message, error.remedy);
  }
}
