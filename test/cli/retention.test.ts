import { expect, it } from 'vitest';
import { aboutNth } from '../support/people.ts';
import { makeHome } from '../support/process.ts';

it('says what it would remove, and removes it through the running server', async () => {
  const home = makeHome();
  const first = await home.start();
  await first.kill('SIGTERM');
  const main = home.read('config/boomsync.yaml');
  home.write('config/boomsync.yaml', `${main}\nretention: { schedule: off, bodies: 0d }\n`);
  const server = await home.start();
  await home.post(server, aboutNth(1, 'applicant_submitted'));
  await expect
    .poll(async () => (await home.run('retention', '--dry-run', '--json')).json())
    .toMatchObject({
      bodies: 1,
      dryRun: true,
    });
  expect((await home.run('retention')).stdout).toContain("Removed 1 messages of Boom's");
  expect((await home.run('retention', '--dry-run', '--json')).json()).toMatchObject({ bodies: 0 });
  expect((await home.run('replay', '--json')).json()).toMatchObject({ events: 1, failed: 0, changed: [] });
});
