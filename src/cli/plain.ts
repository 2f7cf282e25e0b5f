/** What a terminal would obey instead of showing: control characters and marks that turn text around. */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

export function plain(text: string): string {
  return text.replace(UNSAFE, '\uFFFD');
}
