/**
 * Rent Manager's lookup shows one contact of a household: the whole record is read before anything is compared with it.
 * Its filters have signs of their own, which nothing takes their meaning from: who has them in a name is not looked up.
 */
import type { ConnectorFactory, Desired } from '../../src/connect/contract.ts';
import { PushError } from '../../src/http/push-error.ts';

/** What parts a filter, and a list in it. */
const OF_FILTERS = /[,;()|]/;

const rentManager: ConnectorFactory = ({ label }, rest) => {
  const usual = rest();
  return {
    ...usual,
    async find(kind, person) {
      const wrong = lookedUpBy(person).filter((name) => OF_FILTERS.test(person[name] ?? ''));
      if (wrong.length > 0) throw cannotLookUp(label, wrong);
      const found = await usual.find(kind, person);
      // Two contacts of one household may both fit.
      const ids = [...new Set(found.map(({ id }) => id))];
      const whole = await Promise.all(ids.map((id) => usual.read(kind, id)));
      return whole.filter((record) => record !== null);
    },
  };
};

export default rentManager;

/** By name only who has no e-mail address. */
function lookedUpBy({ email }: Desired) {
  return (email ?? '') === '' ? (['firstName', 'lastName'] as const) : (['email'] as const);
}

const WORDS = { email: 'e-mail address', firstName: 'first name', lastName: 'last name' };

function cannotLookUp(label: string, names: (keyof typeof WORDS)[]): PushError {
  const what = names.map((name) => WORDS[name]).join(' and ');
  return new PushError('invalid', `${label} cannot look somebody up with , ; ( ) or | in the ${what}.`, {
    remedy: `Take these signs out of the ${what} in Boom, or enter the person in ${label} by hand.`,
    fields: names,
  });
}
