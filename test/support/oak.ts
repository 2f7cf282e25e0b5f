/** A home with one connection to the fake Buildium, for the commands of the command line. */
import { onTestFinished } from 'vitest';
import { type FakeBuildium, startFakeBuildium } from '../fakes/buildium.ts';
import { type Home, makeHome, type RunningServer } from './process.ts';

export const OAK_FILE = 'config/connections/oak.yaml';

export interface Oak extends Home {
  buildium: FakeBuildium;
}

/** `more`: further lines of the connection's file. */
export async function makeOak(
  mode: 'preview' | 'live',
  more: readonly string[],
  env: Record<string, string> = {},
): Promise<Oak> {
  const buildium = await startFakeBuildium();
  onTestFinished(() => buildium.close());
  const home = makeHome({ OAK_SECRET: 'secret', ...env });
  const file = [
    '# Oak Street, by hand',
    'connector: buildium',
    `mode: ${mode} # say live once you have looked`,
    `server: ${buildium.url}`,
    'credentials: { clientId: id, clientSecret: env:OAK_SECRET }',
    'decisionDelayMinutes: 0',
    ...more,
  ];
  home.write(OAK_FILE, `${file.join('\n')}\n`);
  return { ...home, buildium };
}

/** The unit map of the two people below. */
export const UNITS = ['units:', '  # the front house', '  4B: 10231', '  4C: 10232'];

export const ana = {
  event: 'application_approved',
  first_name: 'Ana',
  last_name: 'Ruiz',
  email: 'ana.ruiz@example.com',
  phone: '+15125550143',
  unit: '4B',
  application_id: 'a1',
};
export const ben = {
  event: 'application_submitted',
  first_name: 'Ben',
  last_name: 'Sosa',
  email: 'ben.sosa@example.com',
  phone: '+15125550188',
  unit: '4C',
  application_id: 'a2',
};

/** Posts them and waits until the server has worked on them. */
export async function tell(home: Home, server: RunningServer, ...bodies: object[]): Promise<void> {
  for (const body of bodies) await home.post(server, body);
  await home.run('retry');
}
