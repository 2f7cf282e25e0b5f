/** Rent Manager's lookup shows one contact of a household: the whole record is read before anything is compared with it. */
import type { ConnectorFactory } from '../../src/connect/contract.ts';

const rentManager: ConnectorFactory = (_context, rest) => {
  const usual = rest();
  return {
    ...usual,
    async find(kind, person) {
      const found = await usual.find(kind, person);
      // Two contacts of one household may both fit.
      const ids = [...new Set(found.map(({ id }) => id))];
      const whole = await Promise.all(ids.map((id) => usual.read(kind, id)));
      return whole.filter((record) => record !== null);
    },
  };
};

export default rentManager;
