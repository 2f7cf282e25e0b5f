import { it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { faultsOf, startBrowser } from '../support/browser.ts';
import { startLandlord } from '../support/landlord.ts';
import { ana, ben, UNITS } from '../support/oak.ts';
import { reportingAna } from '../support/people.ts';
import { signedIn } from '../support/signed-in.ts';
const XSS = '<img src=x onerror=alert(1)>';
it('looks', async () => {
  const { browser, stop } = await startBrowser();
  const landlord = await startLandlord({ oak: UNITS });
  await landlord.tell({ ...ana, event: 'application_submitted' }, ben, reportingAna('enrollment_approved'));
  const [first] = landlord.buildium.records.values();
  if (first) first.LastName = 'Edited';
  await landlord.tell({ ...ana, last_name: 'Ruiz-Sosa' }, { ...ben, application_id: 'a3', unit: '9Z', email: 'x@example.com', first_name: XSS, last_name: XSS });
  const person = await signedIn(landlord);
  const view = (await person.api('tenant?id=t1')).json as any;
  const undo = view.history.entries.find((e: any) => e.undoable)?.attemptId;
  for (const [width, theme] of [[1280, 'light'], [320, 'dark']] as const) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: theme });
    await context.addCookies([{ ...person.cookie, url: landlord.url }]);
    const page = await context.newPage();
    for (const path of ['/tenants', '/tenants?q=zzz', '/tenants/t1', '/tenants/t1?look=on', '/tenants/t2', '/tenants/t1/merge?q=b', `/tenants/t1/undo/${undo}`]) {
      await page.goto(landlord.url + path);
      const over = await page.evaluate(`(() => { const w = document.documentElement.clientWidth; return [document.documentElement.scrollWidth - w, [...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > w + 1 && !e.closest('.scroll')).map((e) => e.outerHTML.slice(0, 120)).slice(0, 6)] })()`);
      console.log(width, path, JSON.stringify(over), JSON.stringify(await faultsOf(page)));
      await page.screenshot({ path: `/tmp/H/${width}${path.replaceAll(/[^a-z0-9]+/g, '-')}.png`, fullPage: true });
    }
    await context.close();
  }
  await stop();
}, 120000);
