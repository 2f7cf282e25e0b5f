import { afterEach, expect, it } from 'vitest';
import { guardedLookup, type Lookup } from '../../src/http/guarded-lookup.ts';
import { faultOf, printed } from '../connect/support.ts';
import { answering, client, closeServers, GET, POST, serve } from './http-servers.ts';

afterEach(closeServers);

/** A name server that knows one answer. */
const leadsTo =
  (...addresses: string[]): Lookup =>
  (_name, { all }, done) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (all) done(null, found);
    else done(null, found[0]?.address, found[0]?.family);
  };

it.each([
  [['169.254.169.254']],
  [['fe80::1']],
  [['fd00:ec2::254']],
  [['::ffff:169.254.169.254']],
  [['64:ff9b::a9fe:a9fe']],
  // One good address among them does not make the others good: which one is taken is not ours to say.
  [['203.0.113.7', '169.254.169.254']],
])('a name that leads to %j is found by nobody', (addresses) => {
  guardedLookup(leadsTo(...addresses))('pms.example.com', { all: true }, (error, found) => {
    expect(error?.code).toBe('ENOTFOUND');
    expect(error?.message).not.toContain('example.com');
    expect(found).toBeUndefined();
  });
  expect.assertions(3);
});

it('a name that leads to a cloud is sent nothing, and a create is known not to have happened', async () => {
  const own = { lookup: leadsTo('169.254.169.254') };
  for (const request of [GET, POST]) {
    const fault = await faultOf(client('http://pms.example.com:8080', own).send(request));
    expect(fault.kind).toBe('transient');
    expect(fault.message).toContain('its name was not found');
    expect(printed(fault)).not.toMatch(/169\.254|topsecretkey|Privatename/);
  }
});

it('a name that leads anywhere else is asked as ever', async () => {
  const url = new URL(await serve(answering(200, '{"ok":true}')));
  url.hostname = 'pms.example.com';
  const answer = client(url.origin, { lookup: leadsTo('127.0.0.1') }).send(GET);
  expect(await answer).toEqual({ status: 200, body: { ok: true } });
});

it('what cannot be found stays what it was', () => {
  const failed = Object.assign(new Error('no such name'), { code: 'EAI_AGAIN' });
  guardedLookup((_name, _options, done) => done(failed))('x.example.com', {}, (error) => {
    expect(error).toBe(failed);
  });
  expect.assertions(1);
});
