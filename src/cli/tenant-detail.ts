/** All that is known of one tenant, for a terminal. */

import type { TenantView } from '../operate/tenant-view.ts';
import { nameOf, unconfirmedText, unitText } from '../operate/tenant-words.ts';
import type { StoredAttempt } from '../store/attempts.ts';
import type { EventSummary } from '../store/inbox.ts';
import { moment, table } from './output.ts';
import { plain } from './plain.ts';
import { planLines } from './plan-text.ts';

/** What is in the inbox and was not sent by Boom. */
const WORDS: Readonly<Record<string, string>> = {
  application_read: 'read from Boom: the application',
  lead_read: 'read from Boom: the lead',
  customer_read: 'read from Boom: the customer',
  enrollment_read: 'read from Boom: the enrollment',
  issues_read: 'read from Boom: open issues',
  activity_read: 'read from Boom: the log of the application',
  tenants_same: 'you: these are one person',
  tenants_different: 'you: these are two people',
};

export function tenantDetail(
  view: TenantView & { unconfirmed: { what: string; since: string }[] },
  { events, total }: { events: EventSummary[]; total: number },
  attempts: StoredAttempt[],
  timezone: string,
): string {
  const lines = [
    `${view.id}  ${nameOf(view)}`,
    `  stage        ${view.stage ?? 'none yet'}`,
    `  unit         ${unitText(view.unit) ?? 'unknown'}`,
    `  e-mail       ${view.person.email ?? ''}`,
    `  phone        ${view.person.phone ?? ''}`,
  ].map(plain);
  if (view.weaklyJoined) {
    lines.push(
      '  only name, e-mail and phone join all of this: what follows from it is shown and not written',
      `    one person:  boomsync tenants link ${view.id}`,
      `    two people:  boomsync tenants unlink ${view.id}`,
    );
  }
  for (const { what, since } of view.unconfirmed) {
    lines.push(`  ${what} is unconfirmed since ${moment(since, timezone)}: boomsync gaps`);
  }
  for (const a of view.applications) {
    const parts = [
      a.id ?? '(no id)',
      a.leasing ?? 'unknown',
      a.left && 'no longer in it',
      a.role,
      unitText(a.unit) ?? '',
      a.mergedInto && `into ${a.mergedInto}`,
      a.others > 0 && `with ${a.others} other${a.others === 1 ? '' : 's'}`,
    ];
    lines.push(plain(`  application  ${parts.filter(Boolean).join(' · ')}`));
    if (a.contradicted)
      lines.push(
        '    Boom decided otherwise about another person of this application: look in Boom what is meant',
      );
  }
  for (const e of view.enrollments) {
    const months = new Set(e.furnishments.map((f) => f.month)).size;
    const issues = e.openIssues.length > 0 ? `${e.openIssues.length} open issues` : null;
    const parts = [
      e.id ?? '(none begun)',
      e.reporting ?? 'unknown',
      months > 0 && `furnished for ${months} ${months === 1 ? 'month' : 'months'}`,
      issues,
    ];
    lines.push(plain(`  enrollment   ${parts.filter(Boolean).join(' · ')}`));
    if (e.unconfirmed.length > 0)
      lines.push(
        `    unconfirmed: ${unconfirmedText(e.unconfirmed)}`,
        '      No message of Boom’s told us, and it cannot be asked: look in Boom where it matters',
      );
  }
  if (view.boomPush !== null) {
    const { status, error, failed } = view.boomPush;
    const how = failed ? `failed${error ? `: ${error}` : ''}` : (status ?? 'done');
    lines.push(plain(`  Boom’s push  ${how}`));
  }
  for (const c of view.connections) {
    lines.push(plain(`  ${c.name}: ${c.kind} ${c.status}${c.remoteId ? ` as ${c.remoteId}` : ''}`));
    if (c.error?.message) lines.push(plain(`    ${c.error.message}`));
    if (c.error?.remedy) lines.push(plain(`    ${c.error.remedy}`));
    // What a pass has just done is among what was tried.
    if (c.plan !== null && c.status !== 'synced')
      lines.push(...planLines(c.plan, c.name).map((line) => `    ${line}`));
  }
  lines.push(
    '',
    'What Boom said, newest first',
    table(
      ['event', 'when', 'what', 'status'],
      events.map((e) => [
        e.id,
        moment(e.receivedAt, timezone),
        WORDS[e.wireEvent ?? ''] ?? e.wireEvent,
        e.status,
      ]),
    ),
  );
  if (events.length < total) {
    lines.push(`${events.length} of ${total}; all of them: boomsync events --tenant ${view.id}`);
  }
  if (attempts.length > 0) {
    lines.push(
      '',
      'What was tried, newest first; what was written can be taken back with: boomsync undo <number>',
      table(
        ['number', 'when', 'connection', 'kind', 'what', 'outcome', ''],
        attempts.map((a) => [
          a.id,
          moment(a.at, timezone),
          a.connection,
          a.kind,
          a.action,
          a.undoneAt === null ? a.outcome : `taken back ${moment(a.undoneAt, timezone)}`,
          a.message,
        ]),
      ),
    );
  }
  return lines.join('\n');
}
