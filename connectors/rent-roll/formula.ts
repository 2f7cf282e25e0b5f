/**
 * Text from Boom is written by strangers, and a spreadsheet runs a cell that begins like a formula. An apostrophe
 * in front makes it text. What begins a cell in one program stands in the middle in another: after a `;` or a tab.
 * `restored(neutralised(text))` is `text` for every text.
 */
const BEGINS = String.raw`(?<=^|[;\t\r\n])`;
const FORMULA = String.raw`(?='*(?:(?:[^\S\t\r\n]|[\u0000\u200b-\u200f\u2060])*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]))`;
const UNSAFE = new RegExp(BEGINS + FORMULA, 'g');
const MADE_SAFE = new RegExp(`${BEGINS}'${FORMULA}`, 'g');

export function neutralised(text: string): string {
  return text.replace(UNSAFE, "'");
}

export function restored(text: string): string {
  return text.replace(MADE_SAFE, '');
}
