/** What `npm pack` takes along: all that the program needs, and never what a landlord wrote or keeps secret. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeHome } from '../support/process.ts';
import { temporaryFolder } from '../support/store.ts';

const ROOT = resolve(import.meta.dirname, '../..');

describe('the package', () => {
  it('takes examples and schemas of the configuration, and no folder of it', () => {
    const { files } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as { files: string[] };
    const ofConfig = files.filter((one) => one.startsWith('config'));
    expect(ofConfig).not.toEqual([]);
    for (const one of ofConfig) expect(one).toMatch(/\*\.(example\.yaml|schema\.json)$/);
    expect(files.filter((one) => /^(data|\*|\.)/.test(one))).toEqual([]);
  });

  it('runs from what it takes along, with its pages and their style', async () => {
    const folder = temporaryFolder();
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    execFileSync('npm', pack, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    const [tarball = ''] = readdirSync(folder);
    execFileSync('tar', ['-xzf', join(folder, tarball), '-C', folder]);
    const unpacked = join(folder, 'package');
    symlinkSync(join(ROOT, 'node_modules'), join(unpacked, 'node_modules'));
    const home = makeHome({}, join(unpacked, 'dist/src/main.js'));
    const server = await home.start();
    const { text, style } = await firstPage(server.url);
    expect(text).toContain('boomsync');
    expect(style).toContain('--main:');
    const sent = await home.run('send', 'application_approved', '--json');
    expect(sent.code, sent.stderr).toBe(0);
    expect(home.read('data/applicants.csv')).toContain('approved');
    expect(await server.kill('SIGTERM')).toBe(0);
  });
});

async function firstPage(url: string): Promise<{ text: string; style: string }> {
  const text = await (await fetch(url, { headers: { accept: 'text/html' } })).text();
  const style = await fetch(`${url}${/href="(\/assets\/style[^"]*)"/.exec(text)?.[1]}`);
  return { text, style: await style.text() };
}
