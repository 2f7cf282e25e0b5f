/** A real Chromium: the one that comes with the development packages, else the system's. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Nothing of a browser's own is asked for over the network. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The package unpacks what it finds missing in the temporary folder, so that it gets one of its own. */
export async function startBrowser(): Promise<{ browser: Browser; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'boomsync-browser-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const browser = await chromium.launch(await executable());
    return {
      browser,
      async stop() {
        await browser.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

async function executable(): Promise<{ executablePath: string; args: string[] }> {
  const system = SYSTEM.find((path) => existsSync(path));
  if (system !== undefined) return { executablePath: system, args: QUIET };
  const { default: packaged } = await import('@sparticuz/chromium');
  // Not with its own arguments: in a single process it ends with the first page that does.
  return { executablePath: await packaged.executablePath(), args: [...QUIET, '--disable-dev-shm-usage'] };
}

/** What axe finds wrong by WCAG 2.2 A and AA, a line each. */
export async function faultsOf(page: Page): Promise<string[]> {
  // Our pages run no script that is not theirs: it is handed over past the policy.
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(async () => {
    const { axe: here } = globalThis as unknown as { axe: { run(options: object): Promise<unknown> } };
    return await here.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
  })) as { violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}
