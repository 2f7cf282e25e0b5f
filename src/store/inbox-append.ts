/** Appending to the inbox: what is new, what is known already, and what contradicts. */
import type { Appended, Delivery } from './inbox.ts';
import { chunks, placeholders } from './sql.ts';
import type { Steps } from './sqlite-client.ts';
import type { Unfiled } from './unfiled.ts';

/** Without a request id, only this long does the same body count as the same delivery. */
const UNNUMBERED_WINDOW_MS = 10 * 60_000;

const CONTRADICTS =
  'Boom used this request id before, for a delivery with another body. It is kept and not used.';

const INSERT = `insert into inbox
  (account, source, request_id, wire_event, body_hash, body, status, detail, received_at, filed)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const HELD = 'select id, body_hash as "bodyHash", received_at as "receivedAt" from inbox';
/** The condition of the index, word for word: otherwise it would not be used. */
const NUMBERED = `${HELD} where account = ? and request_id = ? and (filed = 1 or status <> 'received') order by id`;

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

/**
 * To be run within a write transaction: nobody else may append between the look and the insert. Deliveries with a
 * request id need `unfiled`.
 */
export function* appending(deliveries: readonly Delivery[], unfiled?: Unfiled): Steps<Appended[]> {
  const known = yield* findKnown(deliveries, unfiled);
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
  for (const one of inserts) yield* insert(one, unfiled?.hasRoom === true);
  return answers.map(({ status, held }) => ({ status, id: held.id }));
}

function* insert({ delivery: it, held, contradicts }: Insert, mayWait: boolean): Steps<void> {
  const status = contradicts ? 'quarantined' : it.failed === undefined ? 'received' : 'failed';
  const detail = contradicts ? CONTRADICTS : (it.failed ?? null);
  const filed = mayWait && status === 'received' ? 0 : 1;
  const [row] = yield {
    sql: INSERT,
    bindings: [
      it.account,
      it.source,
      it.requestId,
      it.wireEvent,
      it.bodyHash,
      it.body,
      status,
      detail,
      it.receivedAt,
      filed,
    ],
  };
  held.id = Number((row as { lastId: number }).lastId);
}

function* findKnown(
  deliveries: readonly Delivery[],
  unfiled: Unfiled | undefined,
): Steps<Map<string, Held[]>> {
  const known = new Map<string, Held[]>();
  if (unfiled !== undefined) yield* unfiled.catchUp();
  for (const delivery of deliveries) {
    const key = keyOf(delivery);
    if (delivery.requestId === null || known.has(key)) continue;
    if (unfiled === undefined) throw new Error('A request id cannot be looked up here');
    const held = yield* findNumbered(delivery.account, delivery.requestId, unfiled);
    if (held.length > 0) known.set(key, held);
  }
  for (const account of new Set(deliveries.map((it) => it.account))) {
    const unnumbered = deliveries.filter((it) => it.account === account && it.requestId === null);
    for (const chunk of chunks(unnumbered)) {
      for (const row of yield* findUnnumbered(account, chunk)) {
        const key = keyOf({ ...row, account, requestId: null });
        known.set(key, [...(known.get(key) ?? []), row]);
      }
    }
  }
  return known;
}

function* findNumbered(account: string, requestId: string, unfiled: Unfiled): Steps<Held[]> {
  const held = (yield { sql: NUMBERED, bindings: [account, requestId] }) as Held[];
  const waiting = unfiled.idOf(account, requestId);
  if (waiting === undefined || held.some((it) => it.id === waiting)) return held;
  return [...((yield { sql: `${HELD} where id = ?`, bindings: [waiting] }) as Held[]), ...held];
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
