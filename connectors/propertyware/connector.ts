/** Propertyware takes no custom field with a new prospect: our id follows in a second request. */
import type { ConnectorFactory } from '../../src/connect/contract.ts';

const OUR_ID = 'customFields.Boom ID';

const propertyware: ConnectorFactory = (_context, rest) => {
  const usual = rest();
  return {
    ...usual,
    async create(kind, fields, key, person) {
      const made = await usual.create(kind, fields, key, person);
      const ours = fields[OUR_ID];
      if (ours === undefined || ours === null) return made;
      const changes = { [OUR_ID]: ours };
      try {
        await usual.update(kind, made.id, changes, { ...made.fields, ...changes }, made.record);
      } catch {
        // The prospect is there, and its id must not be lost over this: the read-back says what is missing.
      }
      return made;
    },
  };
};

export default propertyware;
