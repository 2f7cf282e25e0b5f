/** Text for a mail or a message: what others wrote cannot become a line of its own, a header or a mark of direction. */
import type { AlertMessage } from '../../store/outbox.ts';
import { alerts as words } from '../../words/en/alerts.ts';

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

export function oneLine(text: string): string {
  return text.replace(UNSAFE, ' ').trim();
}

export function titleOf({ kind, title }: AlertMessage): string {
  return oneLine(words.title[kind](title));
}

/** `named`: with what may name people. */
export function bodyOf({ lines, personal, remedy }: AlertMessage, named: boolean): string {
  const said = [...lines, ...(named ? personal : [])].map(oneLine);
  return [said.join('\n'), remedy === null ? '' : words.whatToDo(oneLine(remedy))]
    .filter((part) => part !== '')
    .join('\n\n');
}
