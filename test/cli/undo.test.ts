import { describe, expect, it } from 'vitest';
import type { UndoResult } from '../../src/operate/undo.ts';
import { ana, makeOak, type Oak, tell, UNITS } from '../support/oak.ts';

const BEFORE = '(512) 555-0143';
const AFTER = '(512) 555-0199';

/** Ana was made in Buildium, then her phone was changed. */
async function changed(): Promise<Oak> {
  const oak = await makeOak('live', UNITS);
  const server = await oak.start();
  await tell(oak, server, ana);
  await tell(oak, server, { ...ana, phone: '+15125550199' });
  expect(phoneOf(oak)).toBe(AFTER);
  return oak;
}

const anaThere = ({ buildium }: Oak) => [...buildium.records.values()][0];
const phoneOf = (oak: Oak) => anaThere(oak)?.PhoneNumbers[0]?.Number;

async function updateIn(oak: Oak, where: string): Promise<string> {
  const { attempts } = (await oak.run('tenants', 'show', 't1', '--json')).json() as {
    attempts: { id: number; connection: string; action: string }[];
  };
  return String(attempts.find((one) => one.action === 'update' && one.connection === where)?.id);
}

describe('undo', () => {
  it('shows what would be taken back and asks', async () => {
    const oak = await changed();
    const id = await updateIn(oak, 'oak');
    const dry = await oak.run('undo', id, '--dry-run');
    expect(dry.stdout).toContain(`PhoneNumbers.Mobile: ${AFTER} → ${BEFORE}`);
    expect(dry.stdout).toContain('Nothing was changed.');
    const unasked = await oak.run('undo', id);
    expect([unasked.code, phoneOf(oak)]).toEqual([2, AFTER]);
    const ours = await oak.run('undo', await updateIn(oak, 'rent-roll'));
    expect(ours.stderr).toContain('a list of ours');
  });

  it('leaves a record alone that was taken back, until you say so', async () => {
    const oak = await changed();
    const id = await updateIn(oak, 'oak');
    const undone = await oak.run('undo', id, '--yes');
    expect([undone.code, phoneOf(oak)]).toEqual([0, BEFORE]);
    expect(undone.stdout).toContain('taken back');
    expect((await oak.run('errors')).stdout).toContain('Nothing needs you');
    expect((await oak.run('tenants', 'show', 't1')).stdout).toContain('You took back what boomsync wrote');
    expect((await oak.run('undo', id)).stderr).toContain('taken back already');
    await oak.run('retry');
    expect(phoneOf(oak)).toBe(BEFORE);
    await oak.run('retry', 't1');
    expect(phoneOf(oak)).toBe(AFTER);
  });

  it('leaves alone what somebody has edited since, and says what only a person can take back', async () => {
    const oak = await changed();
    const there = anaThere(oak);
    if (there) there.PhoneNumbers = [{ Number: '(512) 555-7777', Type: 'Cell' }];
    const since = await oak.run('undo', '--since', '1h', '--connection', 'oak', '--yes', '--json');
    const { writes } = since.json() as UndoResult;
    expect(writes.map(({ attempt, result }) => [attempt.action, result])).toContainEqual([
      'update',
      'edited',
    ]);
    expect(writes.find(({ attempt }) => attempt.action === 'create')?.message).toBeTruthy();
    expect(phoneOf(oak)).toBe('(512) 555-7777');
    expect(oak.buildium.records.size).toBe(1);
  });

  it('asks for one write or a time', async () => {
    const oak = await makeOak('live', UNITS);
    await (await oak.start()).kill('SIGTERM');
    const wrong: [string[], number, string][] = [
      [[], 2, 'Say which write, or --since when'],
      [['7', '--since', '1h'], 2, 'Say which write, or --since when'],
      [['seven'], 2, 'seven is no number'],
      [['--since', 'yesterday'], 2, 'expected 2h'],
      [['--since', '2999-01-01'], 2, 'has not come yet'],
      [['7'], 1, 'Nothing was tried under the number 7'],
      [['--since', '1h', '--connection', 'elm'], 1, 'There is no connection elm'],
    ];
    for (const [args, code, says] of wrong) {
      const ran = await oak.run('undo', ...args);
      expect([ran.code, ran.stderr]).toEqual([code, expect.stringContaining(says)]);
    }
    expect((await oak.run('undo', '--since', '1h', '--yes')).stdout).toBe('Nothing can be taken back.\n');
  });
});
