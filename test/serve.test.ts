/** What the running server shows to whom, by the name that it is asked under. */
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { aboutAna } from './support/buildium.ts';
import { type Landlord, startLandlord } from './support/landlord.ts';
import { type SignedIn, signedIn } from './support/signed-in.ts';

/** As a browser that somebody's own name was made to lead here. */
function ask(
  { url }: Landlord,
  path: string,
  { host, method = 'GET', cookie }: { host: string; method?: string; cookie?: string },
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { host, accept: 'text/html', ...(cookie === undefined ? {} : { cookie }) };
    request(`${url}${path}`, { method, headers }, async (answer) => {
      let text = '';
      for await (const part of answer) text += part;
      resolve({ status: answer.statusCode ?? 0, text });
    })
      .on('error', reject)
      .end();
  });
}

const REBOUND = 'rebound.example.com';
const cookieOf = ({ cookie: { name, value } }: SignedIn) => `${name}=${value}`;

describe('under a name that is not ours', () => {
  it('no page, no data, no form and no style is given, whoever is signed in', async () => {
    const landlord = await startLandlord();
    const cookie = cookieOf(await signedIn(landlord));
    const port = new URL(landlord.url).port;
    expect((await ask(landlord, '/api/v1/status', { host: `localhost:${port}`, cookie })).status).toBe(200);
    const asked: [string, string?][] = [
      ['/'],
      ['/tenants'],
      ['/sign-in'],
      ['/sign-in', 'POST'],
      ['/first-run/x'],
      ['/do/sign_out', 'POST'],
      ['/do/resync', 'POST'],
      ['/assets/style.css'],
      ['/api/v1/status'],
      ['/api/v1/tenants'],
      ['/api/v1/openapi.json'],
      ['/api/v1/do/resync', 'POST'],
      ['/no-such-page'],
    ];
    for (const [path, method = 'GET'] of asked)
      expect([path, (await ask(landlord, path, { host: REBOUND, method, cookie })).status]).toEqual([
        path,
        421,
      ]);
  });

  it('monitors are answered, with counts and names of the configuration and nothing of a person', async () => {
    const landlord = await startLandlord();
    await landlord.tell(aboutAna('applicant_submitted', 1));
    const get = async (path: string) => (await ask(landlord, path, { host: REBOUND })).text;
    expect(JSON.parse(await get('/healthz'))).toEqual({ status: 'alive' });
    expect(JSON.parse(await get('/readyz'))).toEqual({ status: 'ready', store: true });
    const metrics = await get('/metrics');
    expect(metrics).toContain('boomsync_tenants 1');
    expect(metrics).not.toMatch(/ana|ruiz|@|5125550143|4B/i);
    const named = [...metrics.matchAll(/^boomsync_(?!nodejs_|process_)\w+\{(.*)\} /gm)];
    const labels = named.flatMap(([, all = '']) => [...all.matchAll(/(\w+)="/g)].map(([, label]) => label));
    expect([...new Set(labels)].sort()).toEqual(['connection', 'state', 'status']);
  });
});
