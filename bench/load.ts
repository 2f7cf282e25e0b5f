/** Sends deliveries over keep-alive connections, as fast as they are answered. Runs in a process of its own. */
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

export const WEBHOOK_KEY = 'bench-key-0123456789abcdef0123456789abcdef';

export interface Load {
  port: number;
  connections: number;
  /** How long to send before counting, and how long to count. */
  warmUpMs: number;
  countMs: number;
}

export interface Measured {
  perSecond: number;
  /** Answered in all, those outside of the time that counts included. */
  answered: number;
  medianMs: number;
  p99Ms: number;
  /** Answers other than 202. */
  refused: number;
}

/** As a follow-up of BoomScreen looks: about a kilobyte. */
const SAMPLE = {
  event: 'application_approved',
  request_id: '',
  id: '7c0e2f64-6f2a-4a0f-9d39-2a4d3f1f9b10',
  dependents: '1',
  pets: [{ kind: 'dog', breed: 'mixed' }],
  first_name: 'Dana',
  last_name: 'Sample',
  phone: '15555550123',
  email: 'dana.sample@example.com',
  desired_move_in_date: '2026-12-01',
  unit: {
    id: 'u-204',
    title: '204',
    property: { name: 'Oak Street', address: '12 Oak Street, Springfield' },
  },
  address: {
    address1: '12 Oak Street',
    address2: 'Unit 204',
    city: 'Springfield',
    state_or_province: 'IL',
    postal_code: '62701',
    country: 'US',
    one_line_address: '12 Oak Street, Unit 204, Springfield, IL 62701',
  },
  monthly_rent_amount: { cents: 185000, currency: 'USD' },
  status: 'approved',
  portal_url: 'https://example.com/portal/applications/7c0e2f64',
  created_at: '2026-11-02T15:04:05.000Z',
  application_updated_at: '2026-11-12T09:30:00.000Z',
  external_id: 'lead-88213',
};

export async function measure({ port, connections, warmUpMs, countMs }: Load): Promise<Measured> {
  const next = requests();
  const countFrom = performance.now() + warmUpMs;
  const end = countFrom + countMs;
  const latencies: number[] = [];
  let refused = 0;
  let answered = 0;

  const one = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      let sentAt = 0;
      let answer = '';
      const send = () => {
        sentAt = performance.now();
        socket.write(next());
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('data', (data) => {
        answer += data.toString('latin1');
        if (!isComplete(answer)) return;
        const now = performance.now();
        if (!answer.startsWith('HTTP/1.1 202 ')) refused++;
        answered++;
        answer = '';
        if (now >= countFrom && now < end) latencies.push(now - sentAt);
        if (now < end) return send();
        socket.end();
        resolve();
      });
    });

  await Promise.all(Array.from({ length: connections }, one));
  latencies.sort((a, b) => a - b);
  return {
    answered,
    perSecond: (latencies.length * 1000) / countMs,
    medianMs: latencies[Math.floor(latencies.length / 2)] ?? Number.NaN,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN,
    refused,
  };
}

/** Each with a request id of its own, of the kind that Boom most probably uses, and all of the same length. */
function requests(): () => string {
  const [before, after] = JSON.stringify({ ...SAMPLE, request_id: '#' }).split('#') as [string, string];
  const length = Buffer.byteLength(before + randomUUID() + after);
  const head = `POST /webhooks/boom HTTP/1.1\r\nHost: bench\r\nX-API-Key: ${WEBHOOK_KEY}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${before}`;
  return () => `${head}${randomUUID()}${after}`;
}

function isComplete(answer: string): boolean {
  const bodyAt = answer.indexOf('\r\n\r\n') + 4;
  if (bodyAt === 3) return false;
  const length = /content-length: (\d+)/i.exec(answer)?.[1];
  return answer.length >= bodyAt + Number(length);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.on('message', async (load: Load) => process.send?.(await measure(load)));
  process.on('disconnect', () => process.exit());
}
