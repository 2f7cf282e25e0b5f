/** `npm run schemas`: writes the editors' schemas into `config/`, where they are committed. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from './home.ts';
import { jsonSchemas } from './json-schema.ts';

for (const [name, text] of Object.entries(jsonSchemas()))
  writeFileSync(path.join(packageRoot(), 'config', name), text);
