/** The words of one item, by its cause. */
import type { FieldValue } from '../../../connect/contract.ts';
import type { Words } from '../../../words/words.ts';
import type { NeedItem } from './item.ts';

export function causeWords(cause: string, { needsYou }: Words) {
  const { causes } = needsYou;
  return Object.hasOwn(causes, cause) ? causes[cause as keyof typeof causes] : needsYou.otherCause;
}

export function whomOf({ who, unit }: Pick<NeedItem, 'who' | 'unit'>, { needsYou, frame }: Words): string {
  return needsYou.person(who ?? frame.unnamed, unit);
}

export function shown(value: FieldValue, { needsYou }: Words): string {
  if (value === null || value === '') return needsYou.nothing;
  if (typeof value === 'boolean') return value ? needsYou.yes : needsYou.no;
  return String(value);
}
