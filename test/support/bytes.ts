/** Every byte under a folder, for what must not stand in any of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The files in which the text stands, from that folder. */
export function filesWith(folder: string, text: string): string[] {
  return filesIn(folder)
    .filter((file) => readFileSync(file).includes(text))
    .map((file) => relative(folder, file))
    .sort();
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : [];
  });
}
