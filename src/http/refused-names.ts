/** What a PMS calls the fields that it refused: its own words, which may quote anything that it was sent or holds. */
import type { HttpRequest } from './http.ts';

/** More is no answer to a request of ours. */
const MOST_READ = 100;
const MOST_KEPT = 10;
const LIKE_A_NAME = /^[\w.[\] -]{1,60}$/;
/** Of a telephone, an account, a social security number; names of fields have fewer. */
const MANY_DIGITS = /(\d\D*){4}/;
/** What is shorter stands in every other word. */
const TELLING = 3;

/**
 * Those that may be shown: names that `known` has, paths made of those and of what we called the parts of `request`,
 * and what looks like a name and holds nothing of what was sent, nor of `secrets`.
 */
export function namesToShow(
  given: readonly string[],
  known: ReadonlySet<string>,
  request: HttpRequest,
  secrets: readonly unknown[],
): string[] {
  const shown = new Set<string>();
  const ours = new Set([...[...known].flatMap(partsOf), ...keysIn(request.json)]);
  const quoted = quoting([...secrets, ...sentWith(request)]);
  for (const name of given.slice(0, MOST_READ)) {
    if (shown.size === MOST_KEPT) break;
    const isPath = () => partsOf(name).every((part) => ours.has(part));
    const looksGood = LIKE_A_NAME.test(name) && !MANY_DIGITS.test(name);
    if (known.has(name) || (looksGood && (isPath() || !quoted(name)))) shown.add(name);
  }
  return [...shown];
}

/** `Contacts[0].Email` is `Contacts` and `Email`. */
function partsOf(name: string): string[] {
  return name.split(/\[\d*\]|\./).filter((part) => part !== '');
}

function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(keysIn);
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
}

/** All that went along with a request. */
function sentWith({ path, query, headers, json, text }: HttpRequest): unknown[] {
  return [path.split('/').map(unescaped), query, headers, json, text];
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Whether a name holds, or is, a part of what must not be shown; spelled as it may be. */
function quoting(never: readonly unknown[]): (name: string) => boolean {
  const texts = never.flatMap(textsIn);
  const wholes = texts.map(pressed).filter((text) => text.length >= TELLING);
  const words = texts.flatMap((text) => plain(text).split(/[^\p{L}\p{N}]+/u)).filter((word) => word !== '');
  const telling = words.filter((word) => word.length >= TELLING);
  const short = new Set(words.filter((word) => word.length < TELLING));
  return (name) => {
    const all = pressed(name);
    return (
      telling.some((word) => all.includes(word)) ||
      (all.length >= TELLING && wholes.some((text) => text.includes(all))) ||
      plain(name)
        .split(/[^a-z0-9]+/)
        .some((word) => short.has(word))
    );
  };
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Without accents and capitals. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function pressed(text: string): string {
  return plain(text).replace(/[^\p{L}\p{N}]+/gu, '');
}
