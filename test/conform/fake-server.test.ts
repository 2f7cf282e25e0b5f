import { describe, expect, it, onTestFinished } from 'vitest';
import type { FakePms } from '../../src/conform/fake.ts';
import { startFakeServer } from '../../src/conform/fake-server.ts';

/** Counts what reached it. */
async function started() {
  let reached = 0;
  const fake: FakePms = {
    credentials: {},
    units: [],
    deaf: false,
    answer: (request) => {
      reached += 1;
      return { status: 200, body: { path: request.path }, headers: { 'x-own': 'yes' } };
    },
    isWrite: ({ method }) => method !== 'GET',
    people: () => [],
  };
  const server = await startFakeServer(fake);
  onTestFinished(() => server.close());
  return { server, reached: () => reached };
}

const post = (url: string) => fetch(url, { method: 'POST', body: '{"a":1}' });

describe('the fake server', () => {
  it('hands on what the fake answers, and keeps every request', async () => {
    const { server } = await started();
    const answer = await fetch(`${server.url}/people?search=a%26b`, { method: 'PUT', body: '{"a":1}' });
    expect([answer.status, answer.headers.get('x-own')]).toEqual([200, 'yes']);
    expect(await answer.json()).toEqual({ path: '/people' });
    expect(server.seen).toMatchObject([
      { method: 'PUT', path: '/people', query: { search: 'a&b' }, body: { a: 1 }, write: true },
    ]);
  });

  it('breaks before or after it is done', async () => {
    const { server, reached } = await started();
    server.trouble({ what: 'reset_before' });
    await expect(post(server.url)).rejects.toThrow();
    expect(reached()).toBe(0);
    server.trouble({ what: 'reset_after' });
    await expect(post(server.url)).rejects.toThrow();
    expect(reached()).toBe(1);
    server.calm();
    expect((await post(server.url)).status).toBe(200);
  });

  it('does it and never answers', async () => {
    const { server, reached } = await started();
    server.trouble({ what: 'hang_after' });
    const given = new AbortController();
    const never = fetch(server.url, { method: 'POST', signal: given.signal });
    await expect.poll(reached).toBe(1);
    given.abort();
    await expect(never).rejects.toThrow();
  });

  it('spares what does not write where only writes are meant, and counts down', async () => {
    const { server } = await started();
    server.trouble({ what: 'status', status: 429, headers: { 'retry-after': '7' } }, 'write', 1);
    expect((await fetch(server.url)).status).toBe(200);
    const refused = await post(server.url);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await post(server.url)).status).toBe(200);
  });

  it.each([
    [{ what: 'html' } as const, 503, /maintenance/],
    [{ what: 'login_page' } as const, 200, /<title>Sign in/],
    [{ what: 'empty' } as const, 200, /^$/],
    [{ what: 'truncated' } as const, 200, /^\{"pat.*\{"$/],
    [{ what: 'large' } as const, 200, /^"x{10000}/],
  ])('answers with something else: %j', async (trouble, status, text) => {
    const { server } = await started();
    server.trouble(trouble);
    const answer = await fetch(`${server.url}/people`);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(text);
  });

  it('redirects to a login page', async () => {
    const { server } = await started();
    server.trouble({ what: 'login_redirect' });
    const answer = await fetch(server.url, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/login']);
  });

  it('sends one byte at a time, without an end', async () => {
    const { server } = await started();
    server.trouble({ what: 'drip' });
    const { body } = await fetch(server.url);
    const reader = body?.getReader();
    expect((await reader?.read())?.value).toHaveLength(1);
    expect((await reader?.read())?.value).toHaveLength(1);
    await reader?.cancel();
  });
});
