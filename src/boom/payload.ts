/** A body held against its family's schema, with what does not fit taken out and named. */
import type * as z from 'zod/mini';
import type { Fields } from './keys.ts';

/**
 * A field of a wrong type becomes null and its name is added to `notUnderstood`; the rest of the payload is
 * read all the same. Changes `body`.
 */
export function payloadOf<S extends z.ZodMiniType>(
  schema: S,
  body: Fields,
  notUnderstood: Set<string>,
): z.output<S> {
  const first = schema.safeParse(body);
  if (first.success) return first.data;
  for (const issue of first.error.issues) forget(body, issue, [], notUnderstood);
  // Every field of every schema may be null, so that this one succeeds.
  return schema.parse(body);
}

function forget(
  body: Fields,
  issue: z.core.$ZodIssue,
  above: readonly PropertyKey[],
  notUnderstood: Set<string>,
): void {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union') {
    // The form that the value has is the one whose faults lie inside it: a unit with an odd id keeps its title.
    const inside = issue.errors.find((faults) => faults.every((fault) => fault.path.length > 0));
    if (inside) {
      for (const fault of inside) forget(body, fault, path, notUnderstood);
      return;
    }
  }
  const last = path.at(-1);
  if (last === undefined) return;
  let at: Record<PropertyKey, unknown> = body;
  for (const step of path.slice(0, -1)) at = at[step] as Record<PropertyKey, unknown>;
  at[last] = null;
  notUnderstood.add(path.filter((step) => typeof step === 'string').join('.'));
}
