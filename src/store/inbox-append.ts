/** Appending to the inbox: what is new, what is known already, and what contradicts. */
import type { Appended, Delivery } from './inbox.ts';
import { chunks, placeholders } from './sql.ts';
import type { Steps } from './sqlite-client.ts';

/** Without a request id, only this long does the same body count as the same delivery. */
const UNNUMBERED_WINDOW_MS = 10 * 60_000;

const CONTRADICTS =
  'Boom used this request id before, for a delivery with another body. It is kept and not used.';

const COLUMNS = 'account, source, request_id, wire_event, body_hash, body, status, detail, received_at';
const ROW = '(?, ?, ?, ?, ?, ?, ?, ?, ?)';

/** What the inbox holds of a delivery; the id of one in this batch is known after its insert. */
interface Held {
  id: number;
  bodyHash: string;
  receivedAt: string;
}

interface Insert {
  delivery: Delivery;
  held: Held;
  contradicts: boolean;
}

/** To be run within a write transaction: nobody else may append between the look and the insert. */
export function* appending(deliveries: readonly Delivery[]): Steps<Appended[]> {
  const known = yield* findKnown(deliveries);
  const inserts: Insert[] = [];
  const answers = deliveries.map((delivery): { status: Appended['status']; held: Held } => {
    const key = keyOf(delivery);
    const candidates = known.get(key) ?? [];
    const first = candidates.find((held) => isRepeat(delivery, held));
    if (first !== undefined) return { status: 'duplicate', held: first };

    const held: Held = { id: 0, bodyHash: delivery.bodyHash, receivedAt: delivery.receivedAt };
    inserts.push({ delivery, held, contradicts: delivery.requestId !== null && candidates.length > 0 });
    known.set(key, [...candidates, held]);
    return { status: 'stored', held };
  });
  for (const chunk of chunks(inserts)) yield* insert(chunk);
  return answers.map(({ status, held }) => ({ status, id: held.id }));
}

function* insert(inserts: readonly Insert[]): Steps<void> {
  const bindings: (string | null)[] = [];
  for (const { delivery: it, contradicts } of inserts) {
    const status = contradicts ? 'quarantined' : it.failed === undefined ? 'received' : 'failed';
    const detail = contradicts ? CONTRADICTS : (it.failed ?? null);
    bindings.push(it.account, it.source, it.requestId, it.wireEvent, it.bodyHash, it.body);
    bindings.push(status, detail, it.receivedAt);
  }
  const values = inserts.map(() => ROW).join(', ');
  const [row] = yield { sql: `insert into inbox (${COLUMNS}) values ${values}`, bindings };
  // Nobody else inserts meanwhile, so the ids are consecutive. Asking for each with `returning` costs as much
  // as half the insert.
  const firstId = Number((row as { lastId: number }).lastId) - inserts.length + 1;
  inserts.forEach(({ held }, index) => {
    held.id = firstId + index;
  });
}

function* findKnown(deliveries: readonly Delivery[]): Steps<Map<string, Held[]>> {
  const known = new Map<string, Held[]>();
  const add = (key: string, held: Held) => known.set(key, [...(known.get(key) ?? []), held]);

  for (const account of new Set(deliveries.map((it) => it.account))) {
    const ofAccount = deliveries.filter((it) => it.account === account);
    const requestIds = new Set(ofAccount.flatMap((it) => it.requestId ?? []));
    for (const chunk of chunks([...requestIds])) {
      for (const row of yield* findNumbered(account, chunk)) add(keyOf({ ...row, account }), row);
    }
    const unnumbered = ofAccount.filter((it) => it.requestId === null);
    for (const chunk of chunks(unnumbered)) {
      for (const row of yield* findUnnumbered(account, chunk)) {
        add(keyOf({ ...row, account, requestId: null }), row);
      }
    }
  }
  return known;
}

function* findNumbered(
  account: string,
  requestIds: readonly string[],
): Steps<(Held & { requestId: string })[]> {
  const rows = yield {
    sql: `select id, request_id as "requestId", body_hash as "bodyHash", received_at as "receivedAt"
          from inbox where account = ? and request_id in ${placeholders(requestIds)} order by id`,
    bindings: [account, ...requestIds],
  };
  return rows as (Held & { requestId: string })[];
}

function* findUnnumbered(account: string, deliveries: readonly Delivery[]): Steps<Held[]> {
  const hashes = [...new Set(deliveries.map((it) => it.bodyHash))];
  const times = deliveries.map((it) => Date.parse(it.receivedAt));
  const rows = yield {
    sql: `select id, body_hash as "bodyHash", received_at as "receivedAt"
          from inbox where account = ? and request_id is null and received_at between ? and ?
          and body_hash in ${placeholders(hashes)} order by id`,
    bindings: [
      account,
      new Date(Math.min(...times) - UNNUMBERED_WINDOW_MS).toISOString(),
      new Date(Math.max(...times) + UNNUMBERED_WINDOW_MS).toISOString(),
      ...hashes,
    ],
  };
  return rows as Held[];
}

function isRepeat(delivery: Delivery, held: Held): boolean {
  if (held.bodyHash !== delivery.bodyHash) return false;
  if (delivery.requestId !== null) return true;
  // A landlord who makes the same correction again means it, and whoever reads knows what was read before.
  if (delivery.source !== 'webhook') return false;
  // In both directions: once a clock that was ahead has been set right, rows stand in the future.
  return Math.abs(Date.parse(delivery.receivedAt) - Date.parse(held.receivedAt)) < UNNUMBERED_WINDOW_MS;
}

function keyOf(of: { account: string; requestId: string | null; bodyHash: string }): string {
  return of.requestId === null ? `${of.account}\0\0${of.bodyHash}` : `${of.account}\0${of.requestId}`;
}
