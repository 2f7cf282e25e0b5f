import { setTimeout } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { GroupCommit } from '../../src/receive/group-commit.ts';
import type { Appended, Delivery } from '../../src/store/inbox.ts';
import { StoreUnavailable } from '../../src/store/store-unavailable.ts';

const delivery = (requestId: string): Delivery => ({
  account: 'main',
  source: 'webhook',
  requestId,
  wireEvent: null,
  bodyHash: requestId,
  body: '{}',
  receivedAt: '2026-11-12T09:30:00.000Z',
});

function sqlite(code: string): Error {
  return Object.assign(new Error('from SQLite'), { code });
}

/** Stores in memory; refuses a group that holds what it is told to refuse. */
class FakeInbox {
  readonly groups: string[][] = [];
  readonly refusals = new Map<string, Error>();
  #id = 0;

  async probe(): Promise<void> {}

  async appendAll(deliveries: readonly Delivery[]): Promise<Appended[]> {
    const ids = deliveries.map((it) => it.requestId ?? '');
    this.groups.push(ids);
    for (const id of ids) {
      const refusal = this.refusals.get(id);
      if (refusal !== undefined) throw refusal;
    }
    return ids.map(() => ({ status: 'stored', id: ++this.#id }));
  }
}

function setUp() {
  const inbox = new FakeInbox();
  const onStored = vi.fn();
  return { inbox, onStored, commits: new GroupCommit(inbox, onStored) };
}

describe('a group commit', () => {
  test('puts what waits in one turn of the loop into one transaction', async () => {
    const { inbox, commits, onStored } = setUp();
    const appended = await Promise.all(['a', 'b', 'c'].map((id) => commits.append(delivery(id))));
    expect(inbox.groups).toEqual([['a', 'b', 'c']]);
    expect(appended.map((it) => it.id)).toEqual([1, 2, 3]);
    expect(onStored).toHaveBeenCalledTimes(1);
  });

  test('gathers the next group while one is being written', async () => {
    const { inbox, commits } = setUp();
    const append = inbox.appendAll.bind(inbox);
    inbox.appendAll = async (deliveries) => {
      await setTimeout(20);
      return append(deliveries);
    };
    const first = commits.append(delivery('a'));
    await setTimeout(10);
    await Promise.all([first, ...['b', 'c'].map((id) => commits.append(delivery(id)))]);
    expect(inbox.groups).toEqual([['a'], ['b', 'c']]);
  });

  test('waits for no further turn of the loop once there are enough', async () => {
    const turnsFor = async (count: number): Promise<string> => {
      const { inbox, commits } = setUp();
      const turn = new Promise<string>((resolve) => setImmediate(() => resolve('after a turn')));
      const all = Array.from({ length: count }, (_, at) => commits.append(delivery(String(at))));
      const first = await Promise.race([turn, Promise.all(all).then(() => 'at once')]);
      await Promise.all(all);
      expect(inbox.groups).toHaveLength(1);
      return first;
    };
    expect([await turnsFor(63), await turnsFor(64), await turnsFor(100)]).toEqual([
      'after a turn',
      'at once',
      'at once',
    ]);
  });

  test('tries singly when a group fails, and refuses only the bad one', async () => {
    const { inbox, commits } = setUp();
    inbox.refusals.set('bad', sqlite('SQLITE_CONSTRAINT'));
    const outcomes = await Promise.allSettled(['a', 'bad', 'c'].map((id) => commits.append(delivery(id))));
    expect(outcomes.map((it) => it.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((outcomes[1] as PromiseRejectedResult).reason).not.toBeInstanceOf(StoreUnavailable);
    expect(inbox.groups).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
    expect(commits.writable).toBe(true);
  });

  test.each([
    ['SQLITE_BUSY', 'busy'],
    ['SQLITE_IOERR_FSYNC', 'io'],
    ['SQLITE_READONLY', 'readonly'],
    ['SQLITE_CANTOPEN', 'io'],
  ])('refuses the whole group at once on %s', async (code, reason) => {
    const { inbox, commits, onStored } = setUp();
    inbox.refusals.set('a', sqlite(code));
    const outcomes = await Promise.allSettled(['a', 'b'].map((id) => commits.append(delivery(id))));
    for (const outcome of outcomes) {
      expect((outcome as PromiseRejectedResult).reason).toMatchObject({ name: 'StoreUnavailable', reason });
    }
    expect(inbox.groups).toHaveLength(1);
    expect(commits.writable).toBe(false);
    expect(onStored).not.toHaveBeenCalled();

    inbox.refusals.clear();
    await commits.append(delivery('c'));
    expect(commits.writable).toBe(true);
  });

  test('lets those in that a full disk still takes', async () => {
    const { inbox, commits } = setUp();
    inbox.refusals.set('large', sqlite('SQLITE_FULL'));
    const outcomes = await Promise.allSettled(['large', 'small'].map((id) => commits.append(delivery(id))));
    expect(outcomes.map((it) => it.status)).toEqual(['rejected', 'fulfilled']);
    expect((outcomes[0] as PromiseRejectedResult).reason).toMatchObject({ reason: 'full' });
  });

  test('says once that it refused some, though the store takes the next one', async () => {
    const { commits, inbox } = setUp();
    expect(await commits.tookAll()).toBe(true);
    inbox.refusals.set('large', sqlite('SQLITE_FULL'));
    await expect(commits.append(delivery('large'))).rejects.toBeInstanceOf(StoreUnavailable);
    await commits.append(delivery('small'));
    expect(commits.writable).toBe(true);
    expect(await commits.tookAll()).toBe(false);
    expect(await commits.tookAll()).toBe(true);
  });

  test('takes no more than can be kept in memory', async () => {
    const { commits } = setUp();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 2_001 }, (_, at) => commits.append(delivery(String(at)))),
    );
    expect(outcomes.filter((it) => it.status === 'rejected')).toMatchObject([
      { reason: { reason: 'overloaded' } },
    ]);
  });

  test('answers for what it has taken before it closes, and refuses the rest', async () => {
    const { inbox, commits } = setUp();
    const taken = commits.append(delivery('a'));
    const closed = commits.close();
    await expect(commits.append(delivery('b'))).rejects.toMatchObject({ reason: 'closed' });
    await closed;
    expect((await taken).status).toBe('stored');
    expect(inbox.groups).toEqual([['a']]);
  });
});
