import { it } from 'vitest';
import { createHomes } from '../../src/conform/home.ts';
import { loadSubject } from '../../src/conform/subject.ts';
import { openRig } from '../../src/conform/rig.ts';
import { inLine, boomSays } from '../../src/conform/acts.ts';
import { ANA } from '../../src/conform/people.ts';
it('debug', async () => {
  const homes = await createHomes();
  const s = await loadSubject('buildium');
  if (!s.ok) throw new Error('x');
  for (let i = 0; i < 5; i++) {
  let t = performance.now();
  const lap = (n: string) => { const u = performance.now(); console.log(n, (u - t).toFixed(1)); t = u; };
  const h = await homes.open(); lap('home'); await h.remove(); lap('remove');
  const rig = await openRig(s.subject, homes); lap('open');
  await inLine(rig, ANA); lap('inLine');
  await boomSays(rig, 'application_declined', ANA);lap('say');
  await rig.drain(); lap('drain');
  await rig.recheck(); lap('recheck');
  await rig.drain(); lap('drain');
  await rig.close(); lap('close');
  }
});
