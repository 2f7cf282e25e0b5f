/** The messages of a decision. */
import type { OpenAlert } from '../../store/alerts.ts';
import type { AlertMessage } from '../../store/outbox.ts';
import type { Stores } from '../../store/stores.ts';
import { alerts as words } from '../../words/en/alerts.ts';
import { standing } from '../../words/en/standing.ts';
import { moment } from '../moment.ts';
import type { Status } from '../status.ts';
import { type Cause, itemOf } from './causes.ts';
import type { Decision } from './decide.ts';
import { personalLines } from './who.ts';

export interface ComposeTools {
  tenants: Stores['tenants'];
  /** What each PMS is called, by the connection's name. */
  labels: ReadonlyMap<string, string>;
  /** Where the landlord's pages are; null where no address is known. */
  base: string | null;
  timezone: string;
}

export async function compose(decision: Decision, tools: ComposeTools): Promise<AlertMessage[]> {
  const messages: AlertMessage[] = [];
  for (const alert of decision.ended) messages.push(over(alert, tools));
  for (const cause of decision.opened) messages.push(await told('opened', cause, cause.states, tools));
  for (const { cause, items } of decision.more) {
    const states = cause.states.filter((state) => items.includes(itemOf(state)));
    messages.push(await told('more', cause, states, tools));
  }
  if (decision.reminded.length > 0) messages.push(reminder(decision.reminded, tools));
  return messages;
}

async function told(
  kind: 'opened' | 'more',
  { key, title, lines, remedy, states: all }: Cause,
  states: Cause['states'],
  { tenants, labels, base }: ComposeTools,
): Promise<AlertMessage> {
  const label = labels.get(all[0]?.connection ?? '') ?? words.thePms;
  const personal = await personalLines(states, label, tenants);
  return { kind, cause: key, title, lines, personal, remedy, link: linkTo(base, key) };
}

function over({ cause, title, openedAt }: OpenAlert, { timezone, base }: ComposeTools): AlertMessage {
  return {
    kind: 'ended',
    cause,
    title,
    lines: [words.over(moment(openedAt, timezone))],
    personal: [],
    remedy: null,
    link: linkTo(base, null),
  };
}

function reminder(causes: readonly Cause[], { base }: ComposeTools): AlertMessage {
  const [first] = causes;
  const one = causes.length === 1 ? first : undefined;
  return {
    kind: 'reminder',
    cause: one?.key ?? null,
    title: one?.title ?? words.things(causes.length),
    lines: one === undefined ? causes.map(({ title }) => `- ${title}`) : one.lines,
    personal: [],
    remedy: one === undefined ? words.thingsDo : one.remedy,
    link: linkTo(base, one?.key ?? null),
  };
}

/** `all 24 in line`, or whatever else the verdict is. */
export function weekly(status: Status, { timezone, base }: ComposeTools): AlertMessage {
  const { verdict, sentence, next, tenants, events } = status;
  const well = verdict === 'in_line' && tenants.inLine === tenants.total;
  const all = tenants.total === 1 ? standing.oneInLine : standing.allInLine(tenants.total);
  return {
    kind: 'weekly',
    cause: null,
    title: well ? all : words.weekly(tenants.inLine, tenants.total),
    lines: [
      ...(well ? [] : [sentence]),
      events.lastAt === null ? words.weeklyNever : words.weeklyLast(moment(events.lastAt, timezone)),
      words.weeklyWhy,
    ],
    personal: [],
    remedy: next,
    link: linkTo(base, null),
  };
}

function linkTo(base: string | null, key: string | null): string | null {
  if (base === null) return null;
  return key === null ? `${base}/needs-you` : `${base}/needs-you/at/${encodeURIComponent(key)}`;
}
