import { afterEach, describe, expect, it } from 'vitest';
import { faultOf, printed } from '../connect/support.ts';
import { answering, client, closeServers, serve } from './http-servers.ts';

afterEach(closeServers);

const SENT = {
  method: 'POST',
  path: '/people/Garcia',
  query: { email: 'ana@example.com' },
  headers: { 'x-key': 'header-secret-9' },
  json: { FirstName: 'Ana', LastName: 'Príváte', Phone: '+13125550123', Contacts: [{ Suffix: 'Jr' }] },
} as const;

/** The fault of a refusal that names these. */
async function refused(names: unknown[]) {
  const url = await serve(answering(400, JSON.stringify(names)));
  const refusedFields = async (body: unknown) => body as string[];
  const options = {
    refusedFields,
    fieldNames: new Set(['Email', 'Boom ID', 'Ann’s field']),
    secrets: ['sekretword'],
  };
  return faultOf(client(url, options).send(SENT));
}

describe('the names of refused fields', () => {
  it.each(['Email', 'Ann’s field', 'Contacts[0].FirstName', 'LastName', 'tax.region', 'credit-check'])(
    '%s is shown',
    async (name) => {
      const fault = await refused([name]);
      expect(fault.fields).toEqual([name]);
      expect(fault.message).toContain(name);
    },
  );

  it.each([
    ['a value that was sent', 'Ana'],
    ['one among other words', 'is Ana taken'],
    ['a value in other letters', 'PRIVATE name'],
    ['a part of a value', 'example.com'],
    ['a short value', 'no Jr here'],
    ['a telephone', '312-555'],
    ['a telephone with spaces', '+1 312 555 0123'],
    ['what stood in the path', 'of garcia'],
    ['a credential', 'key sekretword'],
    ['a part of a header', 'header-secret'],
    ['what the PMS holds', 'SSN 078-05-1120'],
    ['what a terminal obeys', '\u001b]0;pwn\u0007'],
    ['what turns text around', 'Em\u202eail'],
    ['a sentence', `${'words and '.repeat(7)}no end`],
    ['nothing', ''],
  ])('are kept back where one is %s', async (_, name) => {
    const fault = await refused([name, 'Email']);
    expect(fault.fields).toEqual(['Email']);
    if (name !== '') expect(printed(fault)).not.toContain(name);
  });

  it('are ten at most, each once, however many there are', async () => {
    const many = Array.from({ length: 100_000 }, (_, n) => `field${n % 50}`);
    expect((await refused(many)).fields).toHaveLength(10);
    expect((await refused(['Email', 'Email'])).fields).toEqual(['Email']);
  });
});
