/**
 * Every page in a real browser: empty, healthy and broken, light and dark, wide and narrow, at 400 %, with the keyboard
 * alone and without a script. The usual run takes a slice; the nightly one all of it.
 */
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assets } from '../../src/dashboard/assets.ts';
import { PAGES } from '../../src/dashboard/pages.ts';
import { faultsOf, startBrowser } from '../support/browser.ts';
import { type Landlord, startLandlord } from '../support/landlord.ts';
import { ana, ben, UNITS } from '../support/oak.ts';
import { NIGHTLY } from '../support/profile.ts';
import { type SignedIn, signedIn } from '../support/signed-in.ts';

const XSS = '<img src=x onerror=alert(1)>';

const STATES = ['empty', 'healthy', 'broken'] as const;
type State = (typeof STATES)[number];

/** Pages to which a button leads, or that are there for some connections only: their own tests look at them. */
const PRESSED = [
  '/needs-you/alike',
  '/needs-you/field',
  '/needs-you/record',
  '/needs-you/units',
  '/settings/alerts/change/:id',
  '/settings/alerts/remove/:channel',
  '/setup/connection/:name/file',
];

const SCREENS = {
  wide: { width: 1280, height: 900 },
  narrow: { width: 360, height: 740 },
  /** A window of 1,280 by 1,024 at 400 %. */
  zoomed: { width: 320, height: 256 },
};

let browser: Browser;
let stopBrowser: () => Promise<void>;
const landlords = new Map<State, { landlord: Landlord; person: SignedIn; paths: string[] }>();

beforeAll(async () => {
  const started = await startBrowser();
  browser = started.browser;
  stopBrowser = started.stop;
  for (const state of STATES) {
    const landlord = await startLandlord({ oak: UNITS, keep: true });
    if (state !== 'empty') await landlord.tell(ana, ben);
    if (state === 'broken') await breakThings(landlord);
    const person = await signedIn(landlord);
    if (state === 'broken') {
      await person.press('add_user', { name: 'Second', role: 'helper' });
      await person.press('new_key', { name: 'Script', role: 'helper' });
      await person.press('backup_now');
    }
    landlords.set(state, { landlord, person, paths: await pathsOf(person) });
  }
}, 120_000);

afterAll(async () => {
  for (const { landlord } of landlords.values()) await landlord.stop();
  await stopBrowser();
});

/** Something of every sort: unreadable, unknown, unmapped, edited there, refused, and a name that is no name. */
async function breakThings(landlord: Landlord): Promise<void> {
  const [first] = landlord.buildium.records.values();
  if (first !== undefined) first.LastName = 'Edited';
  await landlord.tell(
    { event: 'enrollment_pending' },
    { event: 'something_new', first_name: XSS },
    { ...ana, event: 'application_updated', last_name: 'Ruiz-Sosa' },
    { ...ben, application_id: 'a3', unit: '9Z', email: 'x@example.com', first_name: XSS, last_name: XSS },
    { ...ben, event: 'application_declined', request_id: 'declined' },
    { event: 'customer_registered', customer_id: '77', enrollment_id: '88' },
    { event: 'enrollment_approved', customer_id: '77', enrollment_id: '88' },
    { ...ben, event: 'push_applicants_to_property_management_system', status: 'failed', error: XSS },
  );
  landlord.buildium.switches.expiredKey = true;
  await landlord.tell({ ...ana, event: 'application_declined', request_id: 'late' });
}

/** One address of every page that the pages themselves lead to. */
async function pathsOf(person: SignedIn): Promise<string[]> {
  const patterns = PAGES.map(({ path }) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`));
  const found = new Map<number, string>();
  const open = [
    '/',
    '/needs-you',
    '/tenants',
    '/reporting',
    '/connections',
    '/events',
    '/settings',
    '/setup',
  ];
  for (const link of open) {
    // The first that fits is the page's own: `/setup/connection` comes before `/setup/:name`.
    const at = patterns.findIndex((pattern) => pattern.test(link.split('?')[0] ?? ''));
    if (at < 0 || found.has(at)) continue;
    const { status, text } = await person.get(link);
    if (status === 404) continue;
    found.set(at, link);
    const links = [...text.matchAll(/ href="(\/[^"#]*)/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&'),
    );
    open.push(...links);
  }
  return [...found.values()];
}

function of(state: State) {
  const found = landlords.get(state);
  if (found === undefined) throw new Error(`No landlord ${state}`);
  return found;
}

async function open(
  state: State,
  options: { theme?: 'light' | 'dark'; screen?: keyof typeof SCREENS; script?: boolean } = {},
): Promise<{ context: BrowserContext; page: Page; url: string }> {
  const { landlord, person } = of(state);
  const context = await browser.newContext({
    colorScheme: options.theme ?? 'light',
    viewport: SCREENS[options.screen ?? 'wide'],
    javaScriptEnabled: options.script ?? true,
  });
  await context.addCookies([{ ...person.cookie, url: landlord.url }]);
  return { context, page: await context.newPage(), url: landlord.url };
}

const themes = NIGHTLY ? (['light', 'dark'] as const) : (['light'] as const);
const screens = NIGHTLY ? (Object.keys(SCREENS) as (keyof typeof SCREENS)[]) : (['wide'] as const);
const looks = STATES.flatMap((state) =>
  themes.flatMap((theme) => screens.map((screen) => ({ state, theme, screen }))),
);

describe('every page', () => {
  it('is led to by another, once there is something to see', () => {
    const patterns = PAGES.map(({ path }) => path);
    const reached = STATES.flatMap((state) => of(state).paths);
    const missing = patterns.filter(
      (path) =>
        !reached.some((one) =>
          new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`).test(one.split('?')[0] ?? ''),
        ),
    );
    expect(missing.sort()).toEqual([...PRESSED].sort());
  });

  it.each(looks)('$state, $theme, $screen: axe finds nothing wrong, and nothing fails', async (look) => {
    const { context, page, url } = await open(look.state, look);
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    page.on('console', (line) => line.type() === 'error' && failures.push(line.text()));
    page.on('dialog', (dialog) => {
      failures.push('a script of a name ran');
      void dialog.dismiss();
    });
    for (const path of of(look.state).paths) {
      const answer = await page.goto(url + path);
      expect(answer?.status(), path).toBe(200);
      expect(await faultsOf(page), path).toEqual([]);
      expect(await page.locator('h1').count(), path).toBe(1);
    }
    expect(failures).toEqual([]);
    await context.close();
  });

  it('is dark where that is asked for, and no less readable', async () => {
    const { context, page, url } = await open('broken', { theme: 'dark' });
    for (const path of NIGHTLY ? of('broken').paths : ['/', '/needs-you', '/tenants']) {
      await page.goto(url + path);
      expect(await faultsOf(page), path).toEqual([]);
    }
    await context.close();
  });

  it.each(['narrow', 'zoomed'] as const)('%s: never wider than the screen', async (screen) => {
    const { context, page, url } = await open('broken', { screen });
    for (const path of of('broken').paths) {
      await page.goto(url + path);
      const over = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(over, path).toBeLessThanOrEqual(0);
    }
    await context.close();
  });

  it('is reached by the keyboard alone, and the first stop leads past the navigation', async () => {
    const { context, page, url } = await open('broken');
    await page.goto(`${url}/needs-you`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    // Every control of the page is a stop, and none holds on to the keyboard.
    const controls = await page
      .locator('main a[href], main button, main input:not([type=hidden]), main select, main summary')
      .evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
    const stops = new Set<number>();
    for (let presses = 0; presses < controls + 20; presses += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(
        `[...document.querySelectorAll('main *')].indexOf(document.activeElement)`,
      );
      if (Number(at) < 0) break;
      stops.add(Number(at));
    }
    expect(stops.size).toBeGreaterThanOrEqual(controls - radiosBeyondTheFirst(await page.content()));
    await context.close();
  });

  it('shows a name as text', () => {
    const { landlord, paths } = of('broken');
    return signedIn(landlord).then(async ({ get }) => {
      for (const path of paths) expect((await get(path)).text, path).not.toContain('<img');
    });
  });

  it('weighs little', async () => {
    const weights: Record<string, number> = {};
    for (const state of STATES) {
      const { person, paths } = of(state);
      for (const path of paths) {
        weights[`${state} ${path}`] = gzipSync((await person.get(path)).text).length;
      }
    }
    expect(Math.max(...Object.values(weights))).toBeLessThanOrEqual(50 * 1024);
    const { person } = of('empty');
    expect(gzipSync((await person.get(assets.script)).text).length).toBeLessThanOrEqual(3 * 1024);
    expect(gzipSync((await person.get(assets.style)).text).length).toBeLessThanOrEqual(12 * 1024);
  });

  it('asks for nothing elsewhere, and for no script but its own', async () => {
    const { context, page, url } = await open('broken');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    for (const path of of('broken').paths) await page.goto(url + path);
    expect(asked.filter((one) => !one.startsWith(url))).toEqual([]);
    await context.close();
  });
});

/** Of a group of radio buttons the keyboard stops at one. */
function radiosBeyondTheFirst(html: string): number {
  const names = [...html.matchAll(/<input[^>]*type="radio"[^>]*name="([^"]*)"/g)].map(([, name]) => name);
  return names.length - new Set(names).size;
}
