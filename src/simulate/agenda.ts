/** What is due when: the earliest first, and of one moment the one that was entered first. */

interface Entry<T> {
  at: number;
  order: number;
  what: T;
}

export interface Agenda<T> {
  /** `at`: milliseconds since 1970. */
  add(at: number, what: T): void;
  /** When the earliest is due; null where nothing is left. */
  next(): number | null;
  take(): { at: number; what: T } | null;
}

/** A binary heap. */
export function createAgenda<T>(): Agenda<T> {
  const heap: Entry<T>[] = [];
  let entered = 0;

  const before = (one: number, other: number): boolean => {
    const [a, b] = [heap[one], heap[other]];
    if (a === undefined || b === undefined) return a !== undefined;
    return a.at === b.at ? a.order < b.order : a.at < b.at;
  };
  const swap = (one: number, other: number): void => {
    const [a, b] = [heap[one], heap[other]];
    if (a === undefined || b === undefined) return;
    heap[one] = b;
    heap[other] = a;
  };
  const rise = (from: number): void => {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!before(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  };
  const sink = (): void => {
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const least = before(right, left) ? right : left;
      if (!before(least, at)) return;
      swap(least, at);
      at = least;
    }
  };

  return {
    add(at, what) {
      heap.push({ at, order: entered, what });
      entered += 1;
      rise(heap.length - 1);
    },
    next: () => heap[0]?.at ?? null,
    take() {
      const [first] = heap;
      const last = heap.pop();
      if (first === undefined || last === undefined) return null;
      if (heap.length > 0) {
        heap[0] = last;
        sink();
      }
      return { at: first.at, what: first.what };
    },
  };
}
