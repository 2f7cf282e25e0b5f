/** Prism, which answers from an OpenAPI file or holds requests and answers against it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';

export interface Prism {
  url: string;
  process: ChildProcess;
}

/** `upstream`: stands before that address and refuses what the file does not allow; without it, answers by itself. */
export async function startPrism(spec: string, upstream?: string): Promise<Prism> {
  const port = await freePort();
  const cli = join(
    dirname(createRequire(import.meta.url).resolve('@stoplight/prism-cli/package.json')),
    'dist/index.js',
  );
  const where = ['--host', '127.0.0.1', '--port', String(port), spec];
  const args = upstream === undefined ? ['mock', ...where] : ['proxy', '--errors', ...where, upstream];
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += String(chunk);
      if (said.includes('Prism is listening')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', (code) => reject(new Error(`Prism ended with ${code}: ${said.slice(-500)}`)));
  });
  return { url: `http://127.0.0.1:${port}`, process: child };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
