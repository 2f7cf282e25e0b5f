import path from 'node:path';

/** What is wrong in a file that a person wrote: where, what was expected, and what to write instead. */
export interface Fault {
  /** Absolute, or `environment`. */
  file: string;
  /** Counted from 1; null where the whole file, or a variable of the environment, is meant. */
  line: number | null;
  /** `boom[0].webhookKeys`; empty for the file as a whole. */
  path: string;
  /** What was expected. Never the value that was found: it may be a secret. */
  message: string;
  suggestion: string | null;
}

/** A path as it would be written in the docs; keys that are no words are quoted. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(String(part))) text += text === '' ? String(part) : `.${String(part)}`;
    else text += `["${String(part)}"]`;
  }
  return text;
}

/** One fault a paragraph, for a terminal; files below `folder` are named from there. */
export function formatFaults(faults: readonly Fault[], folder = process.cwd()): string {
  return faults
    .map((fault) => {
      const file = shortened(fault.file, folder);
      const where = fault.line === null ? file : `${file}:${fault.line}`;
      const what = fault.path === '' ? fault.message : `${fault.path}: ${fault.message}`;
      const lines = [`${where}  ${what}`];
      if (fault.suggestion !== null) lines.push(`    ${fault.suggestion}`);
      return lines.map(printable).join('\n');
    })
    .join('\n');
}

function shortened(file: string, folder: string): string {
  const relative = path.relative(folder, file);
  return !path.isAbsolute(file) || relative.startsWith('..') ? file : relative;
}

/** A key in a file may hold anything, and a terminal obeys control characters. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\u00b7');
}
