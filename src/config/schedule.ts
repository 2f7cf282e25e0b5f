/** Whether a schedule is one: five fields of cron, or a word like `@daily`. */

/** What was expected, or null where all is well. `off` is no schedule, on purpose. */
export async function scheduleFault(schedule: string, timezone: string): Promise<string | null> {
  if (schedule === 'off') return null;
  const expected = 'expected a cron expression of five fields, or `off`';
  if (!schedule.startsWith('@') && schedule.trim().split(/\s+/).length !== 5) return expected;
  // Loaded when needed: a start without a schedule goes without it.
  const { Cron } = await import('croner');
  try {
    return new Cron(schedule, { paused: true, timezone }).nextRun() === null ? 'this date never comes' : null;
  } catch {
    return expected;
  }
}
