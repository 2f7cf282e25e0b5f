/** Whatever stands in a file of the configuration or a manifest: it is taken, or told what is wrong with it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse, parseDocument, visit } from 'yaml';
import { connectionSchema, mainSchema } from '../../src/config/schema.ts';
import { parseYaml } from '../../src/config/yaml-faults.ts';
import { manifestSchema } from '../../src/connect/manifest.ts';
import { tries } from '../support/profile.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const SECRET = 'topsecretkey';

const SCHEMAS = {
  'config/connections/buildium.example.yaml': connectionSchema,
  'config/boomsync.example.yaml': mainSchema,
  'connectors/buildium/manifest.yaml': manifestSchema,
};
const FILES = Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[];

const piece = fc.constantFrom(
  '&a [*a, *a]',
  '*b',
  '!!js/function x',
  '---',
  '\t',
  '{',
  ']',
  ': ',
  '? ',
  '| ',
  '<<: ',
  '__proto__: 1',
  'constructor: {}',
  '\u0000',
  '\ud800',
  '\u2028',
  '0x',
  '.inf',
  '1e999',
  '~',
  `"${SECRET}`,
  '[['.repeat(2_000),
  '%YAML 9',
);
/** A good file with some of it taken out and something odd put there. */
const spoiled = fc.tuple(
  fc.constantFrom(...FILES),
  fc.array(fc.tuple(fc.nat(), fc.nat(30), fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 8 }))), {
    minLength: 1,
    maxLength: 4,
  }),
);

function isInName(text: string): boolean {
  let found = false;
  visit(parseDocument(text, { logLevel: 'silent' }), {
    Pair: (_, { key }) => {
      found ||= String(key).includes(SECRET);
    },
  });
  return found;
}

it('a file is taken or told to be wrong, in words and without a crash', async () => {
  const counts = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(spoiled, ([file, changes]) => {
      let text = read(file);
      for (const [at, length, put] of changes) {
        const from = at % (text.length + 1);
        text = text.slice(0, from) + put + text.slice(from + length);
      }
      const result = parseYaml(file, text, SCHEMAS[file]);
      counts[result.ok ? 'taken' : 'refused'] += 1;
      if (result.ok) return;
      expect(result.faults.length).toBeGreaterThan(0);
      for (const { message } of result.faults) expect(message).toMatch(/\S/);
      // A fault says where it is by the names on the way, whatever they are; it never quotes a value.
      if (!isInName(text)) expect(JSON.stringify(result.faults)).not.toContain(SECRET);
    }),
    tries(400, 20_000),
  );
  console.log(`fuzz of files: taken: ${counts.taken}, refused: ${counts.refused}`);
  expect('x' in {}).toBe(false);
});

it('a manifest of any values is taken or refused', () => {
  const good = parse(read('connectors/buildium/manifest.yaml')) as Record<string, unknown>;
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(good)), fc.jsonValue(), (name, value) => {
      expect(typeof manifestSchema.safeParse({ ...good, [name]: value }).success).toBe('boolean');
    }),
    tries(300, 20_000),
  );
});
