/** Kinds of messages that this version does not know: shown quietly, as nothing waits for them. */
import { z } from 'zod';
import type { At } from '../../contract.ts';

const SHOWN = 20;

export const unknownKinds = z.array(
  z.object({
    /** As Boom calls it. */
    event: z.string(),
    count: z.number(),
    /** Of the newest of them. */
    id: z.number(),
    receivedAt: z.string(),
  }),
);

export async function readKinds({ stores }: At): Promise<z.output<typeof unknownKinds>> {
  const kinds = await stores.unknownKinds.open({ limit: SHOWN });
  return kinds.map(({ wireEvent, count, newest, newestAt }) => {
    return { event: wireEvent, count, id: newest, receivedAt: newestAt };
  });
}
