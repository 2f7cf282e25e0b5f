/** The unit of systemd that comes with boomsync: how much of the computer it leaves to whoever gets in. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const UNIT = resolve(import.meta.dirname, '../../docs/service/boomsync.service');
const HIGHEST = 2;

it('systemd rates its exposure at 2.0 of 10 or less', (context) => {
  const rated = spawnSync('systemd-analyze', ['security', '--offline=true', '--no-pager', UNIT], {
    encoding: 'utf8',
  });
  if (rated.error || !/exposure level/.test(rated.stdout))
    return context.skip('systemd-analyze is not here, or cannot read a file that is not installed');
  const [, level = ''] = /exposure level for boomsync\.service: (\d+\.\d)/.exec(rated.stdout) ?? [];
  expect(level).not.toBe('');
  expect(Number(level)).toBeLessThanOrEqual(HIGHEST);
});

it('starts what npm start starts, as a user of its own, and writes nowhere else', () => {
  const unit = readFileSync(UNIT, 'utf8');
  const { scripts } = JSON.parse(readFileSync(resolve(UNIT, '../../../package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const flags = /^node (--\S+)/.exec(scripts.start)?.[1] ?? 'none';
  expect(unit).toContain(`ExecStart=/usr/bin/node ${flags} /opt/boomsync/dist/src/main.js serve`);
  expect(unit).toMatch(/^User=boomsync$/m);
  expect(unit).toMatch(/^ProtectSystem=strict$/m);
  expect(unit).toMatch(/^UMask=0077$/m);
  expect(unit).not.toMatch(/^ReadWritePaths=/m);
  // Node.js makes code at run time.
  expect(unit).not.toMatch(/^MemoryDenyWriteExecute=/m);
});
