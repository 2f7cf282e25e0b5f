import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/config/home.ts';
import { jsonSchemas } from '../../src/config/json-schema.ts';

it.each(Object.entries(jsonSchemas()))('config/%s is current', (name, text) => {
  const file = path.join(packageRoot(), 'config', name);
  expect(readFileSync(file, 'utf8'), 'Run: npm run build && npm run schemas').toBe(text);
});
