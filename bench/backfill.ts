/** Reading a whole account: its time but for Boom's limit, and its memory, which must not grow with the account. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface BackfillResult {
  applications: number;
  seconds: number;
  /** Resident memory at its peak. */
  peakMegabytes: number;
}

const CHILD = fileURLToPath(new URL('./backfill-child.js', import.meta.url));
const PER_PAGE = 100;

export async function measureBackfill(folder: string, sizes: readonly number[]): Promise<BackfillResult[]> {
  const results: BackfillResult[] = [];
  for (const applications of sizes) {
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://boom');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer(url, applications)));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const file = join(folder, `backfill-${applications}`, 'boomsync.sqlite');
    const { stdout } = await promisify(execFile)(process.execPath, [CHILD, file, `http://127.0.0.1:${port}`]);
    const { seen, seconds, peakMegabytes, outcome } = JSON.parse(stdout);
    if (outcome !== 'done' || seen !== applications)
      throw new Error(`The backfill did not read it all: ${stdout}`);
    results.push({ applications, seconds, peakMegabytes });
    server.close();
    server.closeAllConnections();
  }
  return results;
}

function answer(url: URL, applications: number): object {
  const page = Number(url.searchParams.get('page') ?? 1);
  if (url.pathname.endsWith('/authenticate')) return { auth_token: 'token' };
  const [, unit] = /\/units\/(\w+)$/.exec(url.pathname) ?? [];
  if (unit) return { id: unit, title: unit, property: { id: 'p1', name: 'Oak Street' } };
  if (!/\/applications$/.test(url.pathname)) return { items: [], has_more: false };
  const first = (page - 1) * PER_PAGE;
  const count = Math.max(0, Math.min(PER_PAGE, applications - first));
  return {
    items: Array.from({ length: count }, (_, at) => application(first + at)),
    has_more: first + PER_PAGE < applications,
    page_count: Math.ceil(applications / PER_PAGE),
  };
}

function application(n: number): object {
  return {
    id: `a${n}`,
    unit_id: `u${n % 500}`,
    property_id: 'p1',
    status: ['submitted', 'approved', 'rejected'][n % 3],
    monthly_rent_amount: { cents: 150_000, currency: 'USD' },
    created_at: '2026-10-01T00:00:00.000Z',
    application_updated_at: '2026-11-01T00:00:00.000Z',
    applicants: [
      {
        id: `p${n}`,
        first_name: 'Person',
        last_name: `Number ${n}`,
        email: `p${n}@example.com`,
        phone: null,
        role: 'applicant',
        application_status: 'submitted',
        verifications: [],
      },
    ],
  };
}
