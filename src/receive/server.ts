/** An HTTP server that does not wait long for anybody. */
import { createServer, type RequestListener, type Server } from 'node:http';

export function createHttpServer(listener: RequestListener): Server {
  return createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 20_000,
      // Longer than the idle time of the proxies in front, so that they close first.
      keepAliveTimeout: 65_000,
      // How often Node looks for the two above; its default would let them last up to 30 s longer.
      connectionsCheckingInterval: 2_000,
    },
    listener,
  );
}
