import { expect, it } from 'vitest';
import { makeHome } from '../support/process.ts';

const ANA = '{"event":"application_approved","first_name":"Ana","last_name":"Ruiz","application_id":"a1"}';

async function answerTo(url: string, key: string): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-api-key': key };
  const { status } = await fetch(`${url}/webhooks/boom`, { method: 'POST', headers, body: ANA });
  return status;
}

it('rotate makes a further key, the running server takes both, and the old one is refused once it is dropped', async () => {
  // Without one in the environment the first start makes a file.
  const home = makeHome({ BOOM_WEBHOOK_KEY: '' });
  const server = await home.start();
  const before = home.read('config/secrets/boom-webhook-key').trim();
  const first = 'file:secrets/boom-webhook-key';

  const alone = await home.run('keys', 'drop', first);
  expect(alone.code).toBe(1);
  expect(alone.stderr).toContain('boomsync keys rotate');

  const rotated = await home.run('keys', 'rotate', '--json');
  expect(rotated.code, rotated.stderr).toBe(0);
  const { key, reference, running } = rotated.json() as { key: string; reference: string; running: boolean };
  expect(running).toBe(true);
  expect(await answerTo(server.url, before)).toBe(202);
  expect(await answerTo(server.url, key)).toBe(202);

  const listed = await home.run('keys');
  expect(listed.stdout).toContain(first);
  expect(listed.stdout).toContain(reference);
  expect(listed.stdout).not.toContain(key);

  const dropped = await home.run('keys', 'drop', first);
  expect(dropped.code, dropped.stderr).toBe(0);
  expect(await answerTo(server.url, before)).toBe(401);
  expect(await answerTo(server.url, key)).toBe(202);
  expect(home.read('config/secrets/boom-webhook-key')).toBe('');
});

it('rotate refuses where the environment would win over it, and leaves the file as it was', async () => {
  const home = makeHome({ BOOM_WEBHOOK_KEY: 'from-outside' });
  await (await home.start()).kill('SIGTERM');
  const before = home.read('config/boomsync.yaml');
  home.write('config/boomsync.yaml', before.replace('env:BOOM_WEBHOOK_KEY', 'file:secrets/other'));
  home.write('config/secrets/other', 'another-key\n', 0o600);
  const written = home.read('config/boomsync.yaml');
  const refused = async () => {
    const ran = await home.run('keys', 'rotate', '--json');
    expect(ran.code).toBe(1);
    expect(ran.json()).toMatchObject({ error: { code: 'key_outside' } });
    expect(home.read('config/boomsync.yaml')).toBe(written);
  };
  await refused();
  await home.start();
  await refused();
});
