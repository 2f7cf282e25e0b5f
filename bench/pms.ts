/** A fake Buildium in a process of its own, for the bench: tells its address and, when asked, what it was sent. */
import fakeBuildium from '../connectors/buildium/fake.ts';
import { startFakeServer } from '../src/conform/fake-server.ts';

const server = await startFakeServer(fakeBuildium(() => new Date(), ''));
process.on('message', () => {
  process.send?.({
    seen: server.seen.map(({ method, path, query, body }) => ({ method, path, query, body })),
  });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url: server.url, credentials: fakeBuildium(() => new Date(), '').credentials });
