import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fakeTemplate } from './connector-template-fake.ts';
import { manifestTemplate } from './connector-template-manifest.ts';
import { readmeTemplate } from './connector-template-readme.ts';
import { Failure } from './failure.ts';
import { createOutput } from './output.ts';

/** Writes the beginning of a connector: it passes the suite over its own fake before anything is changed. */
export function newConnector(name: string, { json }: { json?: boolean }): void {
  if (!/^[a-z][a-z0-9-]*$/.test(name))
    throw new Failure(
      'usage',
      'A connector is named with small letters, digits and hyphens',
      'As in: boomsync connector new my-pms',
      2,
    );
  const folder = resolve(name);
  if (existsSync(folder))
    throw new Failure('exists', `There is a ${folder} already`, 'Take another name, or move it away.');
  const files = {
    'manifest.yaml': manifestTemplate(name, labelOf(name)),
    'fake.mjs': fakeTemplate(labelOf(name)),
    'README.md': readmeTemplate(name, labelOf(name)),
  };
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text, { flag: 'wx' });
  createOutput(json === true).result({ folder, files: Object.keys(files) }, () =>
    [
      `Written into ${folder}: ${Object.keys(files).join(', ')}`,
      '',
      `Try it now:   npx boomsync connector test ./${name}`,
      `Then open ${name}/manifest.yaml and say how your PMS is spoken to; ${name}/README.md tells the order.`,
    ].join('\n'),
  );
}

/** `my-pms` as a landlord would write it: `My Pms`. */
function labelOf(name: string): string {
  return name
    .split('-')
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
