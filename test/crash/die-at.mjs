/**
 * Loaded into the real server before anything else (`node --import die-at.mjs?step=intent&when=2`): ends the process
 * with SIGKILL, on the spot, when a named step is reached for the `when`th time. The program knows nothing of it: steps
 * are told by the statements that better-sqlite3 is given and by what Node says of HTTP.
 */
import { subscribe } from 'node:diagnostics_channel';
import { createRequire } from 'node:module';

const { searchParams } = new URL(import.meta.url);
const wanted = searchParams.get('step');
let left = Number(searchParams.get('when') ?? 1);

function reached(step) {
  if (step !== wanted) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

const isDelivery = (request) => request.method === 'POST' && request.url.startsWith('/webhooks/');
const isWrite = (request) => request.method !== 'GET';

subscribe('http.server.request.start', ({ request }) => {
  if (isDelivery(request)) reached('receive');
});
subscribe('http.server.response.finish', ({ request, response }) => {
  if (isDelivery(request) && response.statusCode === 202) reached('acknowledge');
});
subscribe('http.client.request.start', ({ request }) => {
  if (isWrite(request)) reached('call');
});
subscribe('http.client.response.finish', ({ request }) => {
  if (isWrite(request)) reached('response');
});

/** What a transaction is for, by the statements in it; the first that fits. */
const PURPOSES = [
  ['store', (sql) => /^insert into inbox\b/i.test(sql.trim())],
  ['project', (sql) => /^(update|insert into) [`"]?(inbox|tenants)\b/i.test(sql.trim())],
  ['intent', (sql, values) => /[`"]?sync_states\b/i.test(sql) && values.includes('creating')],
  ['record', (sql, values) => /[`"]?attempts\b/i.test(sql) && values.includes('done')],
];

const Database = createRequire(import.meta.url)('better-sqlite3');
const prepare = Database.prototype.prepare;
/** By connection: the purpose of the transaction that is open. */
const open = new WeakMap();

Database.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  for (const name of ['run', 'all', 'get']) {
    const original = statement[name];
    statement[name] = (...values) => {
      if (/^\s*commit\b/i.test(sql)) return committing(this, () => original.apply(statement, values));
      if (/^\s*(begin|rollback)\b/i.test(sql)) open.delete(this);
      else if (!open.has(this)) {
        const purpose = PURPOSES.find(([, fits]) => fits(sql, values.flat()))?.[0];
        if (purpose !== undefined) open.set(this, purpose);
      }
      return original.apply(statement, values);
    };
  }
  return statement;
};

function committing(connection, commit) {
  const purpose = open.get(connection);
  open.delete(connection);
  if (purpose !== undefined) reached(`${purpose}, before the commit`);
  const result = commit();
  if (purpose !== undefined) reached(`${purpose}, after the commit`);
  return result;
}
