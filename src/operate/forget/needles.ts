/** By what a person is recognised in a text: their addresses and numbers, or both of their names. */
import { type Known, plain } from '../../project/known.ts';

export interface Needles {
  holds(text: string): boolean;
  /** As they stand in the database, each with the words that whoever else has the same is found by. */
  bytes: { text: string; words: string[] }[];
}

/** Fewer digits are everybody's. */
const PHONE_DIGITS = 10;

export function needlesOf(known: Known): Needles {
  const { firstNames, lastNames, emails, phones } = known;
  const numbers = phones
    .map((phone) => phone.replace(/\D/g, '').slice(-PHONE_DIGITS))
    .filter(({ length }) => length === PHONE_DIGITS);
  // However it is written: `(512) 555-0142`.
  const written = numbers.map((digits) => new RegExp([...digits].join('[^0-9a-z]{0,3}')));
  const holdsName = (text: string) =>
    firstNames.some((first) => text.includes(first)) && lastNames.some((last) => text.includes(last));
  return {
    holds(text) {
      const lower = plainText(text);
      return (
        emails.some((email) => lower.includes(email)) ||
        written.some((number) => number.test(lower)) ||
        holdsName(plain(lower))
      );
    },
    bytes: [
      ...emails.map((email) => ({ text: email, words: [email] })),
      ...phones.map((phone) => ({ text: phone, words: [phone.replace(/\D/g, '')] })),
      ...firstNames.flatMap((first) =>
        // As keys hold it: names by themselves are many people's.
        lastNames.map((last) => ({ text: `|${first} ${last}`, words: `${first} ${last}`.split(' ') })),
      ),
    ],
  };
}

/** What Boom wrote with `\u00e9` is read as it is meant. */
function plainText(text: string): string {
  const meant = text.replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return meant.toLowerCase();
}
