/** MicroRealEstate keeps one name of a person, and answers about a tenant that is gone as it does about any fault. */
import type { Connector, ConnectorFactory, Desired } from '../../src/connect/contract.ts';
import { PushError } from '../../src/http/push-error.ts';

const microrealestate: ConnectorFactory = (_context, rest) => {
  const usual = rest();
  const connector: Connector = {
    ...usual,

    find: (kind, person) => usual.find(kind, { ...person, firstName: wholeName(person) }),

    async read(kind, id) {
      try {
        return await usual.read(kind, id);
      } catch (error) {
        const mayBeGone = error instanceof PushError && error.kind === 'transient' && !error.unreachable;
        if (!mayBeGone || usual.changedSince === undefined) throw error;
        for await (const remote of usual.changedSince(kind, null)) if (remote.id === id) throw error;
        return null;
      }
    },
  };
  return connector;
};

export default microrealestate;

/** Null where only a part of the name is known: half a name is no name to find somebody by. */
function wholeName({ firstName, lastName }: Desired): string | null {
  return firstName === null || lastName === null ? null : `${firstName} ${lastName}`;
}
