import { InvalidArgumentError, Option } from 'commander';

/** `--limit`: how many rows of a list; all by default with `--json`. */
export function limitOption(): Option {
  return new Option('--limit <n>', 'how many to list (default: 50, or all with --json)').argParser(
    (value) => {
      const n = Number(value);
      if (!Number.isSafeInteger(n) || n < 1)
        throw new InvalidArgumentError('Give a whole number of 1 or more.');
      return n;
    },
  );
}

export interface ListOptions {
  json?: boolean;
  limit?: number;
}

/** Undefined means all. */
export function limitOf({ json, limit }: ListOptions): number | undefined {
  return limit ?? (json ? undefined : 50);
}
