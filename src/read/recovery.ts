/** Reads back what Boom sent in the gaps in which we did not hear it. */
import { faultName } from '../fault-name.ts';
import type { ResyncStore } from '../store/resyncs.ts';
import type { Gap, UptimeStore } from '../store/uptime.ts';
import type { BoomAccount } from './account.ts';
import type { GapWatch } from './gaps.ts';
import type { ReadLog } from './hydrator.ts';

const ASK_AGAIN_MS = 5 * 60_000;

export interface RecoveryTools {
  /** `reader`: null for an account without API keys. */
  accounts: readonly { name: string; reader: BoomAccount | null }[];
  watch: GapWatch;
  uptime: UptimeStore;
  resyncs: ResyncStore;
  log: ReadLog;
  now: () => Date;
  /** Resolves when all that waits in the inbox has been projected. */
  projected: () => Promise<void>;
}

export class Recovery {
  readonly #tools: RecoveryTools;
  #turn: Promise<void> = Promise.resolve();
  /** By account: its API failed while a gap was read back. */
  readonly #askAgainAt = new Map<string, number>();

  constructor(tools: RecoveryTools) {
    this.#tools = tools;
  }

  /** One at a time: a gap may be found while another is being read back. */
  recover(): Promise<void> {
    this.#turn = this.#turn
      .then(() => this.#recoverAll())
      .catch((error: unknown) => {
        this.#tools.log.error(faultName(error), 'reading a gap back failed; it is tried again');
      });
    return this.#turn;
  }

  /** Resolves when nothing is being read back. */
  async idle(): Promise<void> {
    await this.#turn;
  }

  async #recoverAll(): Promise<void> {
    const { accounts, watch, uptime, resyncs, projected } = this.#tools;
    for (const gap of await uptime.gaps({ open: true })) {
      const done = (await resyncs.ofGap(gap.id)).filter((one) => one.finishedAt !== null);
      for (const { name, reader } of accounts) {
        if (reader !== null && !done.some((one) => one.account === name)) await this.#readBack(gap, reader);
      }
    }
    await projected();
    await watch.settle(accounts.map(({ name, reader }) => ({ name, canRead: reader !== null })));
  }

  async #readBack(gap: Gap, reader: BoomAccount): Promise<void> {
    const { resyncs, log, now } = this.#tools;
    const account = reader.name;
    if (now().getTime() < (this.#askAgainAt.get(account) ?? 0)) return;
    const begin = async () =>
      (await resyncs.unfinished(account, gap.id)) ??
      (await resyncs.begin({
        account,
        gapId: gap.id,
        since: gap.from,
        until: gap.to,
        baseline: (await resyncs.coveredUntil(account)) === null,
        covers: false,
        startedAt: now().toISOString(),
      }));
    const { outcome, kind, seen, changed, tenants } = await reader.inTurn(() => reader.read(begin));
    const facts = { account, from: gap.from, to: gap.to, outcome };
    if (outcome === 'done')
      log.info({ ...facts, seen, changed, tenants }, 'read back what Boom sent while we were down');
    if (outcome !== 'failed') return;
    this.#askAgainAt.set(account, now().getTime() + ASK_AGAIN_MS);
    log.warn({ ...facts, kind }, 'what Boom sent while we were down is not read back yet');
  }
}
