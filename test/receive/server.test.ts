import { expect, test } from 'vitest';
import { createHttpServer } from '../../src/receive/server.ts';

test('the server waits long for nobody who does not send', () => {
  const server = createHttpServer(() => {});
  expect(server).toMatchObject({ headersTimeout: 10_000, requestTimeout: 20_000, keepAliveTimeout: 65_000 });
});
