import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Preview } from '../../src/operate/preview.ts';
import { openDatabase } from '../../src/store/database.ts';
import { ana, ben, makeOak, tell, UNITS } from '../support/oak.ts';

/** Ben is in Buildium already, with a phone that Boom does not have. */
async function withBenThere(...more: string[]) {
  const oak = await makeOak('preview', [...UNITS, ...more]);
  oak.buildium.add({
    FirstName: 'Ben',
    LastName: 'Sosa',
    Email: 'ben.sosa@example.com',
    UnitId: 10232,
    PhoneNumbers: [{ Number: '(512) 555-9999', Type: 'Cell' }],
  });
  const server = await oak.start();
  await tell(oak, server, ana, ben);
  return { oak, server };
}

describe('preview', () => {
  it('shows each field that would be written, what Boom says, what was pushed and what is there, and writes nothing', async () => {
    const { oak } = await withBenThere();
    const shown = await oak.run('preview', 'oak');
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('t1  Ana Ruiz  4B · applicant: add the record, add a note');
    expect(shown.stdout).toMatch(/PhoneNumbers\.Mobile +\(512\) 555-0143/);
    expect(shown.stdout).toMatch(
      /PhoneNumbers\.Mobile +\(512\) 555-0188 +– +\(512\) 555-9999 +differs, and not from us: you are asked/,
    );
    expect(shown.stdout).toContain(
      '1 record would be added, 0 changed, 0 decisions set, 1 note added, 1 needs you',
    );
    expect(shown.stdout).not.toContain('rent-roll');

    const { counts, records } = (await oak.run('preview', 'oak', '--json')).json() as Preview;
    expect(counts).toEqual({ create: 1, update: 0, decisions: 0, notes: 1, needsYou: 1, inLine: 0 });
    expect(records).toMatchObject([
      { tenantId: 't1', plan: { record: 'create' }, cause: 'preview' },
      { tenantId: 't2', plan: { fields: [{ field: 'PhoneNumbers.Mobile', does: 'ask' }] }, state: 'parked' },
    ]);
    expect(oak.buildium.log.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(oak.buildium.records.size).toBe(1);
  });

  it('shows one tenant in every connection, without a server too', async () => {
    const { oak, server } = await withBenThere();
    await server.kill('SIGTERM');
    const { records } = (await oak.run('preview', 't1', '--json')).json() as Preview;
    expect(records.map(({ tenantId, connection }) => [tenantId, connection])).toEqual([
      ['t1', 'oak'],
      ['t1', 'rent-roll'],
    ]);
  });

  it('colours what would be written, what stays and what needs you', async () => {
    const file = [...UNITS, 'fields: { LastName: { owner: pms }, Email: { owner: boom } }'];
    const oak = await makeOak('preview', file, { NO_COLOR: '', FORCE_COLOR: '1' });
    oak.buildium.add({
      FirstName: 'Ben',
      LastName: 'SOSA',
      Email: 'ben.sosa@example.com',
      UnitId: 10232,
      PhoneNumbers: [{ Number: '(512) 555-9999', Type: 'Cell' }],
    });
    const server = await oak.start();
    await tell(oak, server, ana, ben);
    const lines = (await oak.run('preview', 'oak')).stdout.split('\n');
    const line = (what: string) => lines.find((one) => one.includes(what)) ?? '';
    expect(line('ana.ruiz@example.com')).toContain('\u001b[32m');
    expect(line('(512) 555-9999')).toContain('\u001b[33m');
    expect(line('SOSA')).toContain('\u001b[2m');
    expect(line('SOSA')).toContain('theirs stays');
  });

  it('is of now: what has been edited over there since is seen', async () => {
    const { oak } = await withBenThere();
    const [benThere] = oak.buildium.records.values();
    if (benThere) benThere.PhoneNumbers = [{ Number: '512.555.0188', Type: 'Cell' }];
    const { counts } = (await oak.run('preview', 't2', '--json')).json() as Preview;
    expect(counts).toMatchObject({ needsYou: 0, update: 0, inLine: 2 });
  });

  it('tells what could not be asked, and ends with 1', async () => {
    const { oak } = await withBenThere();
    await oak.buildium.close();
    const shown = await oak.run('preview', 'oak');
    expect(shown.code).toBe(1);
    expect(shown.stdout).toContain('cannot be reached');
  });

  it('knows nobody of that name', async () => {
    const { oak } = await withBenThere();
    const shown = await oak.run('preview', 'oka');
    expect([shown.code, shown.stderr]).toEqual([
      1,
      expect.stringContaining('no connection and no tenant oka'),
    ]);
  });

  it('keeps nothing of what it showed', async () => {
    const { oak } = await withBenThere();
    await oak.run('preview');
    const knex = await openDatabase(join(oak.folder, 'data/boomsync.sqlite'), { readonly: true });
    onTestFinished(() => knex.destroy());
    expect(await knex('commands').select()).toEqual([]);
  });
});
