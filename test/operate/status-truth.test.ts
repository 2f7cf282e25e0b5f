/**
 * The verdict over every combination of fault, retry and connection: never green while anything is wrong, never red or
 * asking while it heals by itself.
 */
import { expect, it } from 'vitest';
import type { GapReport } from '../../src/operate/gaps.ts';
import { type Facts, needsOf, type Verdict, verdictOf } from '../../src/operate/verdict.ts';

const CHOICES = {
  running: [true, false],
  health: ['working', 'paused', 'hiccup', 'broken'],
  mode: ['live', 'preview'],
  parked: [0, 1],
  quiet: [0, 1],
  retrying: [0, 1],
  due: [0, 1],
  waiting: [0, 1],
  failed: [0, 1],
  api: ['none', 'working', 'broken', 'refused'],
  gap: [null, 'reading', 'unread', 'read_back'],
  silent: [false, true],
  pushFailures: [0, 1],
  overdue: [false, true],
  waitingForBoom: [0, 1],
  weaklyJoined: [0, 1],
} as const;

type Choice = { [K in keyof typeof CHOICES]: (typeof CHOICES)[K][number] };

function* combinations(): Generator<Choice> {
  const names = Object.keys(CHOICES) as (keyof Choice)[];
  const at = names.map(() => 0);
  for (;;) {
    yield Object.fromEntries(names.map((name, place) => [name, CHOICES[name][at[place] ?? 0]])) as Choice;
    let place = 0;
    while (place < names.length) {
      const name = names[place] as keyof Choice;
      at[place] = ((at[place] ?? 0) + 1) % CHOICES[name].length;
      if (at[place] !== 0) break;
      place += 1;
    }
    if (place === names.length) return;
  }
}

const AT = '2026-11-03T14:02:00.000Z';

function factsOf(choice: Choice): Facts {
  const gap = (state: GapReport['state']): GapReport => ({
    id: 1,
    from: AT,
    to: '2026-11-03T14:31:00.000Z',
    state,
    unread: [],
    recovered: { changes: 0, tenants: 0 },
    unconfirmed: { leasing: 0, reporting: 1 },
  });
  return {
    server: { running: choice.running, address: null },
    tenants: {
      total: 3,
      inLine: 2,
      waitingForBoom: choice.waitingForBoom,
      held: 0,
      weaklyJoined: choice.weaklyJoined,
    },
    events: {
      total: 3,
      lastAt: AT,
      received: 0,
      projected: 3,
      ignored: 0,
      failed: choice.failed,
      quarantined: 0,
    },
    connections: [
      {
        name: 'oak',
        label: 'Buildium',
        mode: choice.mode,
        health: choice.health === 'hiccup' ? 'broken' : choice.health,
        heals: choice.health === 'hiccup',
        message: null,
        remedy: null,
        since: AT,
        pausedWhy: null,
        records: {
          waiting: choice.waiting,
          creating: 0,
          synced: 2,
          retrying: choice.retrying,
          parked: choice.parked,
          skipped: 0,
        },
        quiet: choice.quiet,
        due: choice.due,
        settling: choice.due,
      },
    ],
    backup: { on: true, lastVerifiedAt: null, failure: null, overdue: choice.overdue },
    boom: {
      accounts: [{ name: 'main', api: choice.api, message: null, remedy: null, waiting: 0 }],
      gaps: choice.gap === null ? [] : [gap(choice.gap)],
      silence: { lastAt: AT, silentMs: 0, usualGapMs: null, quiet: choice.silent },
      pushFailures: choice.pushFailures,
      unconfirmed: 0,
    },
  };
}

/** What is so, by the words of the issue and not by the rules' order. */
function truthOf(choice: Choice, facts: Facts) {
  const stopped = !choice.running || choice.health === 'broken';
  const asks = needsOf(facts) > 0 || choice.api === 'refused' || choice.overdue;
  const heals =
    choice.health === 'hiccup' ||
    choice.api === 'broken' ||
    choice.retrying + choice.due + choice.waitingForBoom > 0;
  const unsure = choice.gap !== null || choice.silent;
  const unfinished = choice.health === 'paused' || (choice.mode === 'preview' && choice.waiting > 0);
  return { stopped, asks, heals, unsure, unfinished };
}

function isTrue(verdict: Verdict, choice: Choice, facts: Facts): boolean {
  const { stopped, asks, heals, unsure, unfinished } = truthOf(choice, facts);
  switch (verdict) {
    case 'stopped':
      return stopped;
    case 'needs_you':
      return asks && !stopped;
    case 'in_line':
      return !stopped && !asks && !heals && !unsure && !unfinished;
    case 'catching_up':
      return heals && !stopped && !asks;
    case 'paused':
      return choice.health === 'paused' && !stopped && !asks;
    case 'unconfirmed':
      return choice.gap !== null && !stopped && !asks;
    case 'quiet':
      return choice.silent && !stopped && !asks;
    case 'not_set_up':
      return unfinished && !stopped && !asks;
  }
}

it('is right over every combination', () => {
  const counts = new Map<Verdict, number>();
  const wrong: string[] = [];
  for (const choice of combinations()) {
    const facts = factsOf(choice);
    const { verdict, sentence } = verdictOf(facts, 'UTC');
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    // Where there is nothing wrong it says so, and a gap is never left unsaid.
    const { stopped, asks, heals, unsure, unfinished } = truthOf(choice, facts);
    const well = !(stopped || asks || heals || unsure || unfinished);
    const right = isTrue(verdict, choice, facts) && (!well || verdict === 'in_line');
    const told = choice.gap === null || /reach|unconfirmed/.test(sentence);
    if (!(right && told) && wrong.length < 5) wrong.push(`${verdict}: ${JSON.stringify(choice)}`);
  }
  expect(wrong).toEqual([]);
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(524_288);
  // No word stands for nothing.
  expect(counts.size).toBe(8);
});
