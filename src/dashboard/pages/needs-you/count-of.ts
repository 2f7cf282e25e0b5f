/**
 * How many there are, where the first few were read just now and `told` is what the verdict said: counting anew would
 * take seconds in a large home, and there the verdict may be some seconds old.
 */
export function countOf(read: number, limit: number, told: number): number {
  return read < limit ? read : Math.max(read, told);
}
