import { describe, expect, it } from 'vitest';
import { EVENT_NAMES, type EventName, FAMILIES, type Family } from '../../src/boom/events.ts';
import { EFFECTS, type Effect, LEASING_BY_STATUS } from '../../src/project/effects.ts';
import { expectPart, markdownTable, readDoc } from './generated.ts';

const TEST = 'test/docs/events.test.ts';
const code = (text: string) => `\`${text}\``;

function leasingWords({ leasing }: Effect): string {
  if (leasing === undefined) return '';
  const { to, otherwise, atLeast, whom, reverts } = leasing;
  const value = to === 'status' ? 'by its status' : `${atLeast ? 'at least ' : ''}${code(to)}`;
  const absent = to !== 'status' ? '' : otherwise ? `, else ${code(otherwise)}` : ', else unchanged';
  const notes = [
    whom === 'members' ? 'everyone in the application' : '',
    reverts ? 'takes a decision back' : '',
  ];
  return [`${value}${absent}`, ...notes].filter(Boolean).join('; ');
}

const OWN: Record<NonNullable<Effect['own']>, string> = {
  verification: 'verifications',
  issue: 'issues',
  furnishment: 'furnishments',
  payment: 'payments',
  identity: 'identity verification',
  boom_push: "Boom's own push",
  merge: 'people follow the target',
};

function rowOf(name: EventName): string[] {
  const effect = EFFECTS[name];
  const family = (Object.keys(FAMILIES) as Family[]).find((f) =>
    (FAMILIES[f] as readonly string[]).includes(name),
  );
  return [
    code(name),
    family ?? '',
    leasingWords(effect),
    effect.reporting ? code(effect.reporting) : '',
    effect.residency ? code(effect.residency) : '',
    effect.own ? OWN[effect.own] : '',
    effect.timeline ? 'yes' : '',
  ];
}

describe('docs/events.md', () => {
  it('shows what every event does, as the code has it', () => {
    const head = ['event', 'family', 'leasing', 'reporting', 'residency', 'own set', 'timeline'];
    expectPart('docs/events.md', 'events', markdownTable(head, EVENT_NAMES.map(rowOf)), TEST);
  });

  it('shows how a status of Boom is read, as the code has it', () => {
    const rows = Object.entries(LEASING_BY_STATUS).map(([status, leasing]) => [code(status), code(leasing)]);
    expectPart('docs/events.md', 'statuses', markdownTable(["Boom's status", 'leasing'], rows), TEST);
  });

  it.each(EVENT_NAMES)('tells a landlord in a line what %s means', (name) => {
    const lines = readDoc('docs/events.md')
      .split('\n')
      .filter((line) => line.startsWith(`- ${code(name)}: `));
    expect(lines).toHaveLength(1);
  });
});
