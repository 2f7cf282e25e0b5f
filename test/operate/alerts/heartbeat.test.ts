import { describe, expect, it } from 'vitest';
import { startHeartbeat } from '../../../src/operate/alerts/heartbeat.ts';
import { createLog } from '../../../src/operate/log.ts';
import { startPostbox } from './mailbox.ts';

const log = createLog('silent');

describe('the heartbeat', () => {
  it('beats from the start, again and again, until it is stopped', async () => {
    const box = await startPostbox();
    const stop = startHeartbeat({ url: `${box.url}/ping/key`, everyMs: 5 }, async () => true, log);
    expect(await box.next()).toMatchObject({ method: 'GET', path: '/ping/key' });
    box.posts.length = 0;
    await box.next();
    await stop();
    const beaten = box.posts.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(box.posts).toHaveLength(beaten);
  });

  it('does not beat while nothing can be stored', async () => {
    const box = await startPostbox();
    const stop = startHeartbeat({ url: box.url, everyMs: 60_000 }, async () => false, log);
    await stop();
    expect(box.posts).toEqual([]);
  });

  it('goes on after one that did not arrive', async () => {
    const box = await startPostbox();
    box.answer = { status: 500 };
    const stop = startHeartbeat({ url: box.url, everyMs: 5 }, async () => true, log);
    await box.next();
    box.posts.length = 0;
    await box.next();
    await stop();
  });

  it('is none where none is set', async () => {
    await startHeartbeat(null, () => Promise.reject(new Error('asked')), log)();
  });
});
