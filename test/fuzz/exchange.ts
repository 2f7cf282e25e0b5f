/** One request on a connection of its own, of which every byte is ours. */
import { connect } from 'node:net';

export interface Exchanged {
  status: number;
  text: string;
}

/** `headers` win over the right ones. What waits for more is ended from this side, as by somebody who hangs up. */
export function exchange(port: number, body: Buffer, headers: Record<string, string>): Promise<Exchanged> {
  const all: Record<string, string> = {
    Host: 'test',
    'Content-Type': 'application/json',
    'Content-Length': String(body.length),
    Connection: 'close',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const head = `POST /webhooks/boom HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1');
    socket.on('data', (data) => {
      received += data.toString();
    });
    // A server that hangs up while we send is as it should be: the answer was sent before.
    socket.on('error', () => {});
    socket.on('close', () => {
      const answers = received.split(/(?=HTTP\/1\.1 \d)/).filter((one) => !one.startsWith('HTTP/1.1 100'));
      const match = /^HTTP\/1\.1 (\d+)/.exec(answers[0] ?? '');
      if (match === null) return reject(new Error(`No answer: ${JSON.stringify(received.slice(0, 200))}`));
      resolve({ status: Number(match[1]), text: answers[0]?.split('\r\n\r\n')[1] ?? '' });
    });
    socket.write(head);
    socket.end(body);
  });
}
