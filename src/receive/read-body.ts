/**
 * Reads a body whose length was announced, and so was checked. The body parser takes longer and comes to the same; it
 * is left with those that come in chunks.
 */
import type { IncomingMessage } from 'node:http';

const BYTE_ORDER_MARK = 0xfeff;

/** The whole body as text, without a byte order mark. Rejects with `BrokenOff` when the connection ends before it. */
export function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let first: Buffer | null = null;
    let rest: Buffer[] | null = null;
    let ended = false;
    const breakOff = () => {
      if (!ended) reject(new BrokenOff());
    };
    request.on('data', (chunk: Buffer) => {
      if (first === null) first = chunk;
      else if (rest === null) rest = [chunk];
      else rest.push(chunk);
    });
    request.on('end', () => {
      ended = true;
      resolve(first === null ? '' : textOf(rest === null ? first : Buffer.concat([first, ...rest])));
    });
    request.on('error', breakOff);
    // Comes after the end as well, and an error that nobody wants would cost as much as all the rest.
    request.on('close', breakOff);
  });
}

export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString();
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
}
