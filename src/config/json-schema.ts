/** The schemas for editors, made of the zod schemas: what completes is what is accepted. */
import { z } from 'zod';
import { connectionSchema, mainSchema } from './schema.ts';

/** File in `config/` to its text. */
export function jsonSchemas(): Record<string, string> {
  return {
    'boomsync.schema.json': textOf(mainSchema),
    'connection.schema.json': textOf(connectionSchema),
  };
}

function textOf(schema: z.ZodType): string {
  const text = JSON.stringify(z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }), null, 2);
  // Lists of words on one line, as the formatter of this repository has them.
  return `${text.replace(/\[\s+("[^"\n]*"(?:,\s+"[^"\n]*")*)\s+\]/g, (_, words: string) => `[${words.replace(/\s+/g, ' ')}]`)}\n`;
}
