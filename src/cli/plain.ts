/** What a terminal would obey instead of showing: control characters and marks that turn text around. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

export function plain(text: string): string {
  return text.replace(UNSAFE, '\uFFFD');
}
