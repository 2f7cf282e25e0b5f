/** Taking back what was shown, and nothing that was written since. */
import { expect, it } from 'vitest';
import type { CommandTools } from '../../src/operate/command.ts';
import { type UndoResult, undo } from '../../src/operate/undo.ts';
import { aboutAna } from '../support/buildium.ts';
import { memoryRig } from '../support/memory.ts';

const WRITTEN = '2000-01-01T00:00:00.000Z';

it('takes back the writes that were shown, newest first, and leaves alone what was written since', async () => {
  const rig = await memoryRig();
  rig.pms.add('applicant', { name: 'Ana Ruiz', email: 'ana.ruiz@example.com', phone: null });
  await rig.deliver(aboutAna('applicant_submitted', 1));
  await rig.drain();
  const tools = {
    stores: rig.stores,
    connections: () => [rig.connection],
    alone: <T>(_name: string, work: () => Promise<T>) => work(),
    now: rig.now,
  } as unknown as CommandTools;
  const ids = (result: unknown) => (result as UndoResult).writes.map(({ attempt }) => attempt.id);
  const since = { attemptIds: null, since: WRITTEN, connection: null };
  const shown = ids(await undo({ ...since, dryRun: true }, tools));
  expect(shown.length).toBeGreaterThan(0);

  rig.pass(60);
  await rig.deliver(aboutAna('application_approved', 5, { phone: '+15125550177' }));
  await rig.drain();
  const later = ids(await undo({ ...since, dryRun: true }, tools)).filter((id) => !shown.includes(id));
  expect(later.length).toBeGreaterThan(0);

  const asked = { attemptIds: [...shown].reverse(), since: null, connection: null, dryRun: false };
  expect(ids(await undo(asked, tools))).toEqual(shown);
  for (const id of later) expect(await rig.stores.attempts.get(id)).toMatchObject({ undoneAt: null });
});

it('leaves out of several what was taken back meanwhile, and refuses it alone', async () => {
  const rig = await memoryRig();
  await rig.deliver(aboutAna('applicant_submitted', 1));
  await rig.drain();
  const tools = { stores: rig.stores, connections: () => [] } as unknown as CommandTools;
  const [write] = await rig.stores.attempts.writesSince(WRITTEN);
  if (write === undefined) throw new Error('nothing was written');
  await rig.stores.attempts.markUndone(write.id, WRITTEN);
  const asked = { since: null, connection: null, dryRun: false };
  expect(await undo({ ...asked, attemptIds: [write.id] }, tools)).toMatchObject({
    error: `${write.id} was taken back already`,
  });
  expect(await undo({ ...asked, attemptIds: [write.id, 99_999] }, tools)).toEqual({
    dryRun: false,
    writes: [],
  });
});

it('sends nothing to a connection that is paused, and takes nothing back there', async () => {
  const rig = await memoryRig();
  await rig.deliver(aboutAna('applicant_submitted', 1));
  await rig.drain();
  await rig.stores.connections.pause(rig.connection.name, WRITTEN);
  const tools = {
    stores: rig.stores,
    connections: () => [rig.connection],
    alone: <T>(_name: string, work: () => Promise<T>) => work(),
    now: rig.now,
  } as unknown as CommandTools;
  const before = rig.pms.calls.length;
  const asked = { attemptIds: null, since: WRITTEN, connection: null, dryRun: false };
  expect(await undo(asked, tools)).toMatchObject({
    error: expect.stringContaining('You paused'),
    remedy: expect.stringContaining('boomsync connection resume'),
  });
  expect(rig.pms.calls.length).toBe(before);
  expect((await rig.stores.attempts.writesSince(WRITTEN)).length).toBeGreaterThan(0);
});
