/** Signing in with a real browser, whose rules about cookies are what it rests on. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { firstRunPath } from '../../../src/operate/people/first-run.ts';
import { faultsOf, startBrowser } from '../../support/browser.ts';
import { startLandlord } from '../../support/landlord.ts';

const PASSWORD = 'four small red boats';
let browser: Browser;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ browser, stop } = await startBrowser());
});
afterAll(() => stop());

/** Without scripts unless said otherwise. Not closed one by one: this browser ends with any of its contexts. */
async function opened(javaScriptEnabled = false) {
  const { url, stores } = await startLandlord({ withoutOak: true });
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 360, height: 700 } });
  context.setDefaultTimeout(10_000);
  return {
    url,
    context,
    page: await context.newPage(),
    first: url + (await firstRunPath(stores, new Date())),
  };
}

it('begins, signs out and in by keyboard and without a script', async () => {
  const { url, page, first } = await opened();
  const write = async (label: string, ...texts: string[]) => {
    await page.getByLabel(label, { exact: true }).focus();
    for (const [index, text] of texts.entries()) {
      if (index > 0) await page.keyboard.press('Tab');
      await page.keyboard.type(text);
    }
    await page.keyboard.press('Enter');
  };
  await page.goto(first);
  await write('Name', 'Ana', PASSWORD, 'something else');
  await page.getByText('The two passwords are not the same.').waitFor();
  await write('New password', PASSWORD, PASSWORD);
  await page.getByText('Signed in as Ana').waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${url}/sign-in`);
  await page.goto(`${url}/events`);
  await write('Name', 'ana', PASSWORD);
  await page.waitForURL(`${url}/events`);

  await page.goto(first);
  expect(await page.getByRole('heading').textContent()).toBe('This link does not work any more');
});

it('has pages that everybody can use, also on a narrow screen', async () => {
  const { url, page, first } = await opened(true);
  const look = async () => {
    expect(await faultsOf(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  };
  await page.goto(first);
  await look();
  await page.getByLabel('Name').fill('Ana');
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('The same password again').fill('something else');
  await page.getByRole('button').click();
  await page.getByRole('alert').waitFor();
  await look();
  await page.goto(`${url}/first-run/none`);
  await look();
  await page.goto(`${url}/sign-in`);
  await look();
});

it('does not ask a signed-in person again who comes by a link from elsewhere', async () => {
  const { url, context, page, first } = await opened();
  await page.goto(first);
  await page.getByLabel('Name').fill('Ana');
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('The same password again').fill(PASSWORD);
  await page.getByRole('button').click();
  await page.getByText('Signed in as Ana').waitFor();

  const mail = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html').end(`<a href="${url}/events?page=1">Look</a>`);
  }).listen(0, '127.0.0.2');
  await once(mail, 'listening');
  onTestFinished(() => {
    mail.closeAllConnections();
    mail.close();
  });
  await page.goto(`http://127.0.0.2:${(mail.address() as AddressInfo).port}/`);
  await page.getByRole('link').click();
  await page.getByText('Signed in as Ana').waitFor();
  expect(page.url()).toBe(`${url}/events?page=1`);

  await context.clearCookies();
  await page.goto(`http://127.0.0.2:${(mail.address() as AddressInfo).port}/`);
  await page.getByRole('link').click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(new URL(page.url()).searchParams.get('back')).toBe('/events?page=1');
});
