/** A body as it may be looked over without reading of anybody: its shape, and the values that name no person. */

/** Keys whose values say what happened, and when; never who. */
const OPEN =
  /^(event|status|role|type|kind|currency|bureau|month|source|environment|.*_at|.*At|.*_status|.*_on)$/;
const OPEN_VALUE = /^[\w .:+-]{0,40}$/;

/** Numbers and texts under any other key are dots; true, false and null stay. */
export function masked(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => masked(one, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, masked(one, name)]));
  if (typeof value === 'boolean' || value === null) return value;
  const shown = OPEN.test(key) && OPEN_VALUE.test(String(value));
  return shown ? value : '•••';
}
