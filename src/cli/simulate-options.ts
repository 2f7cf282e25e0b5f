/** The options of `boomsync simulate`, and how they are read. */
import { InvalidArgumentError, Option } from 'commander';

export interface SimulateOptions {
  units: number;
  days: number;
  /** Simulated seconds in a real one; infinite: as fast as possible. */
  speed: number;
  drop: number;
  duplicate: number;
  reorder?: boolean;
  older?: boolean;
  seed?: number;
  url?: string;
  apiPort: number;
  stay?: boolean;
  yes?: boolean;
  json?: boolean;
}

export function simulateOptions(): Option[] {
  const option = (flags: string, says: string) => new Option(flags, says);
  return [
    option('--units <n>', 'how many units the building has').argParser(whole(1, 2_000)).default(20),
    option('--days <n>', 'how many days of life, up to now').argParser(whole(1, 1_100)).default(30),
    option('--speed <time>', 'what passes in a second: 6h/s, 1d/s, … or max')
      .argParser(speedOf)
      .default(SECONDS.d, '1d/s'),
    option('--drop <percent>', 'deliveries that never arrive').argParser(whole(0, 100)).default(0),
    option('--duplicate <percent>', 'deliveries that arrive twice').argParser(whole(0, 100)).default(0),
    option('--reorder', 'hold back every fourth delivery for up to 130 simulated seconds'),
    option('--older', 'the form of the messages that Boom sent before'),
    option('--seed <n>', 'the same life again, on the same day').argParser(whole(0, 2 ** 31)),
    option('--url <address>', "another address than the running server's").argParser(webAddress),
    option('--api-port <port>', "where the simulated Boom's API answers")
      .argParser(whole(0, 65_535))
      .default(8_788),
    option('--stay', 'go on answering API requests after the last day, until Ctrl-C'),
    option('--yes', 'also where invented people would be written into real records'),
    option('--json', 'print one JSON document'),
  ];
}

const SECONDS = { s: 1, min: 60, h: 3_600, d: 86_400, w: 7 * 86_400 };

function speedOf(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY;
  const match = /^(\d+(?:\.\d+)?)(s|min|h|d|w)\/s$/.exec(text);
  const speed = Number(match?.[1]) * SECONDS[match?.[2] as keyof typeof SECONDS];
  if (!(speed > 0))
    throw new InvalidArgumentError('Give what passes in a second, like 6h/s or 1d/s, or max.');
  return speed;
}

function whole(from: number, to: number) {
  return (text: string): number => {
    const n = Number(text);
    if (!Number.isSafeInteger(n) || n < from || n > to || text.trim() === '')
      throw new InvalidArgumentError(`Give a whole number from ${from} to ${to}.`);
    return n;
  };
}

function webAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new InvalidArgumentError('Give an address like http://127.0.0.1:8787/webhooks/boom.');
  return text;
}
