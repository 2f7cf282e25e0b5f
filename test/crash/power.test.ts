/** The power goes: whatever of the last writes reached the disk, what was promised to Boom and to the PMS is there. */
import { describe, expect, it } from 'vitest';
import { runs } from '../support/profile.ts';
import { makeTemplate, moveIn } from './landlord.ts';
import { examine, record } from './power.ts';
import { whyNoStrace } from './strace.ts';

/** Disks with a part of what was not synced, for each moment. */
const TORN = runs(2, 200);
const NORMAL = new URL('normal.mjs', import.meta.url).href;
const missingTool = whyNoStrace();

describe.skipIf(missingTool !== null)(
  `a loss of power${missingTool === null ? '' : ` (skipped: ${missingTool})`}`,
  () => {
    it('loses nothing that was acknowledged, nor that a record is being made, with any part of the last writes', async () => {
      const run = await record(await moveIn(await makeTemplate()));
      const { lost, ...counts } = examine(run, TORN, Math.random);
      expect(lost).toEqual([]);
      expect(counts.acknowledged).toBe(9);
      expect(counts.creates).toBe(3);
      console.info(`${counts.moments} moments, ${counts.disks} disks`);
    });

    it('would lose both with synchronous=NORMAL', async () => {
      const run = await record(await moveIn(await makeTemplate()), [NORMAL]);
      const { lost } = examine(run, 0, Math.random);
      expect(lost.filter((what) => what.includes('acknowledged and is gone'))).not.toEqual([]);
      expect(lost.filter((what) => what.includes('begun and is forgotten'))).not.toEqual([]);
    });
  },
);
