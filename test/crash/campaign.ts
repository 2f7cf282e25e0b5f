/** Deliveries to a real server that is killed at one point after another, and what must hold after each of them. */
import { expect } from 'vitest';
import { Boom } from './boom.ts';
import {
  inboxOf,
  type Landlord,
  moveIn,
  type Outcome,
  outcomeOf,
  quiet,
  recordsByEmail,
} from './landlord.ts';
import { load } from './load.ts';
import { startServer, type Under } from './server.ts';

/** Where to kill. */
export interface Point {
  name: string;
  under?: Under;
  /** On a write to the PMS: as it comes in, or once it is done and not answered; the how many-th. */
  pms?: { moment: 'before' | 'after'; when: number };
}

export interface Campaign {
  template: string;
  people: number;
  /** The first server makes the database. */
  empty?: boolean;
  /** Between the kill and the next start: what the power took. */
  afterKill?: (landlord: Landlord, point: Point) => void;
}

export interface Survived {
  outcome: Outcome;
  /** The points at which the server really died. */
  reached: string[];
  acknowledged: number;
}

/**
 * Kills at each of the points in turn, each with its share of the messages, and lets the last server finish. Checks
 * after each kill, and at the end, that nothing acknowledged is gone and that nobody is there twice.
 */
export async function survive(points: readonly Point[], campaign: Campaign): Promise<Survived> {
  const landlord = await moveIn(campaign.template, campaign.empty);
  const messages = load(campaign.people);
  const share = Math.ceil(messages.length / Math.max(1, points.length));
  const boom = new Boom();
  const reached: string[] = [];
  for (const point of points) {
    boom.tell(messages.splice(0, share));
    if (await diesAt(point, landlord, boom)) {
      reached.push(point.name);
      campaign.afterKill?.(landlord, point);
    }
    expectNothingLost(landlord, boom, point.name);
  }
  boom.tell(messages);
  const server = await startServer(landlord.folder);
  await boom.send(server);
  await quiet(landlord);
  await server.kill('SIGTERM');
  expectNothingLost(landlord, boom, 'the end');
  return { outcome: outcomeOf(landlord), reached, acknowledged: boom.acknowledged.size };
}

/** False where the server did all there was to do, and stopped in order. */
async function diesAt(point: Point, landlord: Landlord, boom: Boom): Promise<boolean> {
  landlord.pms.trouble({ what: 'reset_after' }, 'write', 1);
  const server = await startServer(landlord.folder, point.under);
  let left = point.pms?.when ?? 0;
  landlord.onWrite = (moment) => {
    if (moment !== point.pms?.moment) return;
    left -= 1;
    if (left === 0) process.kill(server.pid, 'SIGKILL');
  };
  await boom.send(server);
  // Rejects where the server dies under it, which is what is waited for.
  const done = quiet(landlord).catch(() => server.died);
  await Promise.race([server.died, done]);
  landlord.onWrite = () => {};
  landlord.pms.calm();
  if (!server.isDead()) await server.kill('SIGTERM');
  const signal = await server.died;
  if (signal !== 'SIGKILL') expect(server.logged(), point.name).toContain('"msg":"stopped"');
  return signal === 'SIGKILL';
}

function expectNothingLost({ database, fake }: Landlord, { acknowledged }: Boom, where: string): void {
  const kept = inboxOf(database);
  expect(
    [...acknowledged].filter((id) => !kept.has(id)),
    `acknowledged and lost: ${where}`,
  ).toEqual([]);
  const twice = [...recordsByEmail(fake)].filter(([, count]) => count > 1);
  expect(twice, `there twice: ${where}`).toEqual([]);
}
