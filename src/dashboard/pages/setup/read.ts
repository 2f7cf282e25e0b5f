/** Boom's side of the set-up: our address, the keys by name and never by value, and whether it has reached us. */
import { z } from 'zod';
import { keyReferences } from '../../../config/webhook-keys.ts';
import type { At } from '../../contract.ts';
import { addressesOf, faultOf } from './address.ts';

export const setupView = z.object({
  /** Whether a message has come at all. */
  heard: z.boolean(),
  lastAt: z.string().nullable(),
  accounts: z.array(
    z.object({
      name: z.string(),
      address: z.string(),
      /** In the order of the file: the newest last. */
      keys: z.array(z.object({ reference: z.string(), in: z.enum(['file', 'env']) })),
    }),
  ),
  /** Why Boom cannot reach the address; null: nothing speaks against it. */
  fault: z.enum(['private', 'plain']).nullable(),
  /** What `private` is about. */
  host: z.string(),
});
export type SetupView = z.output<typeof setupView>;

export async function readSetup({ stores, config }: At): Promise<SetupView> {
  const [last] = await stores.inbox.list({ limit: 1, source: 'webhook' });
  const references = await keyReferences(config.configDir);
  const addresses = addressesOf(config);
  const [first] = addresses;
  return {
    heard: last !== undefined,
    lastAt: last?.receivedAt ?? null,
    accounts: addresses.map(({ account, address }) => ({
      name: account,
      address,
      keys: (references.get(account) ?? []).map((reference) => ({
        reference,
        in: reference.startsWith('env:') ? 'env' : 'file',
      })),
    })),
    fault: first === undefined ? null : faultOf(first.address),
    host: first === undefined ? '' : new URL(first.address).hostname,
  };
}
