/** Buildium as far as we use it, over real HTTP, with its state and its misbehaviours. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, fault, faultsOf, writable } from './buildium-rules.ts';
import {
  type FakeRequest,
  type FakeSwitches,
  misbehaves,
  type NumberSwitch,
  QUIET,
  take,
} from './buildium-switches.ts';

export interface FakeApplication {
  Id: number;
  ApplicationStatus: string;
  ApplicationSubmittedDateTime: string;
}

export interface FakeApplicant {
  Id: number;
  FirstName: string;
  LastName: string;
  Email: string | null;
  UnitId: number | null;
  TenantId: number | null;
  PhoneNumbers: { Number: string; Type: string }[];
  Status: string;
  Applications: FakeApplication[];
}

export interface FakeBuildium {
  url: string;
  records: Map<number, FakeApplicant>;
  notes: Map<number, { Id: number; Note: string }[]>;
  switches: FakeSwitches;
  /** How many by route: `POST /v1/applicants`. */
  requests: Map<string, number>;
  log: FakeRequest[];
  /** Mails that Buildium would have sent to people. */
  mailsSent: number;
  add(record: Partial<FakeApplicant>): FakeApplicant;
  close(): Promise<void>;
}

const UNIT = {
  Id: 10231,
  PropertyId: 77,
  BuildingName: 'Oak Street',
  UnitNumber: '4B',
  Address: {
    AddressLine1: '12 Oak Street',
    AddressLine2: null,
    City: 'Chicago',
    State: 'IL',
    PostalCode: '60601',
    Country: 'UnitedStates',
  },
};

export async function startFakeBuildium(): Promise<FakeBuildium> {
  const records: FakeBuildium['records'] = new Map();
  const notes: FakeBuildium['notes'] = new Map();
  const requests = new Map<string, number>();
  const log: FakeRequest[] = [];
  const switches = { ...QUIET };
  let nextId = 1000;

  const add = (record: Partial<FakeApplicant>): FakeApplicant => {
    nextId += 1;
    const made: FakeApplicant = {
      Id: nextId,
      FirstName: 'Ana',
      LastName: 'Sample',
      Email: null,
      UnitId: null,
      TenantId: null,
      PhoneNumbers: [],
      Status: 'New',
      Applications: [],
      ...record,
    };
    records.set(made.Id, made);
    return made;
  };

  const server = createServer(async (request, response) => {
    const seen = await readRequest(request);
    log.push(seen);
    const route = `${seen.method} ${seen.route}`;
    requests.set(route, (requests.get(route) ?? 0) + 1);
    if (misbehaves(seen, switches, response)) return;
    const answer = answerTo(seen);
    if (seen.method !== 'GET') {
      if (took('resetAfterWrite')) return void request.socket.destroy();
      if (took('hangAfterWrite')) return;
      if (took('serverErrorAfterWrite')) return void response.writeHead(500).end();
    }
    if (took('emptyAnswer')) return void response.writeHead(answer.status).end();
    const text = JSON.stringify(answer.body ?? null);
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    if (took('truncated')) return void response.end(text.slice(0, Math.floor(text.length / 2)));
    if (switches.drip > 0) return drip(response, text, switches.drip);
    response.end(text);
  });

  const took = (name: NumberSwitch) => take(switches, name);

  function answerTo(request: FakeRequest): Answer {
    const [, id = '', inner = ''] =
      /^\/v1\/applicants\/(\d+)(?:\/[a-z]+(?:\/(\d+))?)?$/.exec(request.path) ?? [];
    const record = records.get(Number(id));
    switch (`${request.method} ${request.route}`) {
      case 'GET /v1/applicants':
        return { status: 200, body: list(request.query) };
      case 'POST /v1/applicants':
        return create(request.body);
      case 'GET /v1/rentals/units':
        return { status: 200, body: page([UNIT], request.query) };
    }
    if (record === undefined) return fault(404, 'Not found');
    switch (`${request.method} ${request.route}`) {
      case 'GET /v1/applicants/{id}':
        return { status: 200, body: record };
      case 'PUT /v1/applicants/{id}':
        return replace(record, request.body);
      case 'GET /v1/applicants/{id}/notes':
        return { status: 200, body: page(notes.get(record.Id) ?? [], request.query) };
      case 'POST /v1/applicants/{id}/notes':
        return addNote(record, request.body);
      case 'GET /v1/applicants/{id}/applications':
        return { status: 200, body: record.Applications };
      case 'PUT /v1/applicants/{id}/applications/{id}':
        return decide(record, Number(inner), request.body);
    }
    return fault(404, 'No such route');
  }

  function list(query: Record<string, string>) {
    const contains = (text: string | null, part: string | undefined) =>
      part === undefined || (text ?? '').toLowerCase().includes(part.toLowerCase());
    const found = [...records.values()].filter(
      ({ Email, FirstName, LastName }) =>
        contains(Email, query.email) && contains(`${FirstName} ${LastName}`, query.name),
    );
    return page(found, query);
  }

  function create(body: unknown): Answer {
    const refused = faultsOf(body, ['SendRentalApplicationEmail']);
    if (refused !== null) return refused;
    const sent = body as Record<string, unknown>;
    if (sent.SendRentalApplicationEmail !== false) fake.mailsSent += 1;
    return { status: 201, body: add(writable(sent)) };
  }

  function replace(record: FakeApplicant, body: unknown): Answer {
    const refused = faultsOf(body, []);
    if (refused !== null) return refused;
    if (!switches.silentNoOp) Object.assign(record, writable(body as Record<string, unknown>));
    return { status: 200, body: record };
  }

  function addNote(record: FakeApplicant, body: unknown): Answer {
    const text = (body as { Note?: unknown } | null)?.Note;
    if (typeof text !== 'string' || text === '' || text.length > 65_535) return fault(422, 'Note', ['Note']);
    nextId += 1;
    const note = { Id: nextId, Note: text };
    notes.set(record.Id, [...(notes.get(record.Id) ?? []), note]);
    return { status: 201, body: note };
  }

  function decide(record: FakeApplicant, id: number, body: unknown): Answer {
    const application = record.Applications.find(({ Id }) => Id === id);
    if (application === undefined) return fault(404, 'Not found');
    const status = (body as { ApplicationStatus?: unknown } | null)?.ApplicationStatus;
    if (!['Undecided', 'Approved', 'Rejected', 'Cancelled', 'Deferred'].includes(String(status)))
      return fault(422, 'ApplicationStatus', ['ApplicationStatus']);
    if (!switches.silentNoOp) application.ApplicationStatus = String(status);
    return { status: 200, body: application };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeBuildium = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    records,
    notes,
    switches,
    requests,
    log,
    mailsSent: 0,
    add,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}

function page<T>(all: T[], query: Record<string, string>): T[] {
  const offset = Number(query.offset ?? 0);
  return all.slice(offset, offset + Number(query.limit ?? 50));
}

async function readRequest(request: IncomingMessage): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  return {
    method: request.method ?? 'GET',
    route: url.pathname.replace(/\/\d+/g, '/{id}'),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body: text === '' ? null : JSON.parse(text),
  };
}

function drip(response: ServerResponse, text: string, everyMs: number) {
  let at = 0;
  const timer = setInterval(() => {
    response.write(text[at] ?? '');
    at += 1;
    if (at >= text.length || response.destroyed) {
      clearInterval(timer);
      response.end();
    }
  }, everyMs);
}
