/**
 * Marks that stand nowhere else are put everywhere that secrets and people's data may enter a running program, and looked
 * for everywhere that they may leave it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { makeHome } from '../support/process.ts';

const PERSON = {
  first_name: 'Canaryfirst',
  last_name: 'Canarylast',
  email: 'canary.person@example.com',
  phone: '+15125559911',
};
const OF_PEOPLE = ['Canaryfirst', 'Canarylast', 'canary.person', '5125559911', 'CanaryStreet'];
const DENIED = ['canary-ssn-123', 'canary-score-7', 'canary-income-9'];
const KEY = 'canary-webhook-key-0123456789';
const SECRETS = [
  KEY,
  'canary-pms-secret',
  'canary-wrong-key',
  'canary-password',
  'canary-cookie',
  'canary-query',
];

const delivery = (n: number, more: object = {}) => ({
  event: 'applicant_submitted',
  request_id: `canary-${n}`,
  id: 900 + n,
  application_id: 70 + n,
  ...PERSON,
  address: '12 CanaryStreet',
  ssn: DENIED[0],
  credit_score: DENIED[1],
  nested: [{ Monthly_Income: DENIED[2] }],
  ...more,
});

function found(text: string, marks: readonly string[]): string[] {
  return marks.filter((mark) => text.toLowerCase().includes(mark.toLowerCase()));
}

function headersOf({ headers }: Response): string {
  const all: string[] = [];
  headers.forEach((value, name) => {
    all.push(`${name}: ${value}`);
  });
  return all.join();
}

/** Of every process that can be seen here. */
function commandLines(): string {
  return readdirSync('/proc')
    .filter((one) => /^\d+$/.test(one))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    })
    .join('\n');
}

it('nothing of a person and no secret leaves by a log, an error, a metric, a page without a session or the process list', async () => {
  const home = makeHome({ BOOM_WEBHOOK_KEY: KEY, OAK_SECRET: 'canary-pms-secret' });
  const server = await home.start();
  const answers: string[] = [];
  const post = async (body: string, headers: Record<string, string> = {}, path = '/webhooks/boom') => {
    const answer = await fetch(server.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', 'x-api-key': KEY, ...headers },
      body,
    });
    answers.push(`${headersOf(answer)} ${await answer.text()}`);
    return answer.status;
  };
  const get = async (path: string) => {
    const answer = await fetch(server.url + path, {
      redirect: 'manual',
      headers: { cookie: 'boomsync=canary-cookie' },
    });
    answers.push(`${headersOf(answer)} ${await answer.text()}`);
  };

  expect(await post(JSON.stringify(delivery(1)))).toBe(202);
  // Kept aside: one id, two bodies.
  expect(await post(JSON.stringify(delivery(1, { last_name: 'Canarylast Jr' })))).toBe(202);
  expect(await post(JSON.stringify(delivery(2, { event: 'Canaryfirst_event' })))).toBe(202);
  expect(await post(JSON.stringify(delivery(3)).slice(0, -1))).toBe(400);
  expect(await post(JSON.stringify(delivery(4)), { 'x-api-key': 'canary-wrong-key' })).toBe(401);
  expect(await post(JSON.stringify(delivery(5)), { 'content-type': 'text/plain' })).toBe(415);
  expect(
    await post(JSON.stringify(delivery(6)), { 'user-agent': 'Canaryfirst' }, '/webhooks/boom/Canarylast'),
  ).toBe(404);
  const form = { 'content-type': 'application/x-www-form-urlencoded', 'x-api-key': '' };
  await post('name=nobody&password=canary-password', form, '/sign-in');
  for (const path of ['/healthz', '/readyz', '/metrics', '/', '/tenants', '/sign-in', '/api/v1/status'])
    await get(path);
  await get('/first-run/canary-query');
  await get('/nowhere?canary-query=1');

  const all = [...OF_PEOPLE, ...DENIED, ...SECRETS];
  expect(found(answers.join('\n'), all)).toEqual([]);
  expect(found(commandLines(), all)).toEqual([]);

  const diagnostics = await home.run('diagnostics', '--json');
  const status = await home.run('status', '--json');
  expect(diagnostics.code).toBe(0);
  for (const { stdout, stderr } of [diagnostics, status]) expect(found(stdout + stderr, all)).toEqual([]);

  // The canaries live: where a person's data belongs, it is found.
  const tenants = await home.run('tenants', '--json');
  expect(found(tenants.stdout, ['Canaryfirst'])).toEqual(['Canaryfirst']);
  expect(found(tenants.stdout + tenants.stderr, [...DENIED, ...SECRETS])).toEqual([]);

  expect(await server.kill('SIGTERM')).toBe(0);
  expect(server.logged() + server.printed()).toContain('delivery received');
  expect(found(server.logged() + server.printed(), all)).toEqual([]);
  for (const file of readdirSync(`${home.folder}/data`, { recursive: true, withFileTypes: true }))
    if (file.isFile())
      expect(
        found(readFileSync(`${file.parentPath}/${file.name}`, 'latin1'), [...DENIED, ...SECRETS]),
        file.name,
      ).toEqual([]);
}, 60_000);
