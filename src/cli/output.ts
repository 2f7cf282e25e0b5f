/** How commands speak: results on stdout, everything else on stderr. */
import Table from 'cli-table3';
import pc from 'picocolors';
import { plain } from './plain.ts';

export { moment } from '../operate/moment.ts';

/** The same document, without what a terminal would obey. */
function inert(json: string): string {
  return json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) =>
    Array.from(
      { length: sign.length },
      (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

export interface Output {
  /** The command's one JSON document, or its text. */
  result(json: unknown, text: () => string): void;
  /** Progress and hints. */
  say(text: string): void;
}

export function createOutput(json: boolean): Output {
  return {
    result(document, text) {
      process.stdout.write(json ? `${inert(JSON.stringify(document, null, 2))}\n` : `${text()}\n`);
    },
    say(text) {
      process.stderr.write(`${text}\n`);
    },
  };
}

/** A table that a person can read; wide on a terminal, plain columns elsewhere. */
export function table(head: string[], rows: (string | number | null)[][]): string {
  if (rows.length === 0) return pc.dim('(none)');
  const grid = new Table({
    head,
    style: { head: [], border: [], compact: true },
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '  ',
    },
  });
  grid.push(...rows.map((row) => row.map((cell) => plain(cell === null ? '' : String(cell)))));
  return grid
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
