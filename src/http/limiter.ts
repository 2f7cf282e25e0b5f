/** Holds a connection to what its PMS allows: so many at once, and so many in each window of time. */
export interface Window {
  requests: number;
  seconds: number;
}

export type Limit = <T>(task: () => Promise<T>) => Promise<T>;

export async function limiter(concurrency: number, windows: Window[]): Promise<Limit> {
  const { default: PQueue } = await import('p-queue');
  const atOnce = new PQueue({ concurrency });
  const inTime = windows.map(
    ({ requests, seconds }) => new PQueue({ intervalCap: requests, interval: seconds * 1000, strict: true }),
  );
  return async (task) => {
    // A turn in each window first, so that waiting for one holds no place among those at work.
    for (const window of inTime) await window.add(async () => {});
    return atOnce.add(task);
  };
}
