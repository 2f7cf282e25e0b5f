/** A delivery as Boom sent it to the one shape that the projection reads. */
import type { BoomEvent, EventSource } from './event.ts';
import { type EventName, eventNameOf, isIn } from './events.ts';
import { readGroup } from './group.ts';
import { type Fields, keysReader } from './keys.ts';
import { payloadOf } from './payload.ts';
import { loadParsePhone } from './phone.ts';
import type { AccountReading, Reading, Unusable } from './reading.ts';
import { readReport } from './report.ts';
import { readBasic, readIdentity, readMerged, readPush } from './screen.ts';

/** `ignored`: a delivery that this version has no use for. Not ignored: one that should have been an event. */
export type NormaliseResult =
  | { ok: true; event: BoomEvent }
  | { ok: false; ignored: boolean; reason: string };

/** Takes any JSON and never throws. The reasons name fields, never what stood in them. */
export type Normalise = (body: unknown, account: AccountReading, source?: EventSource) => NormaliseResult;

/** No application has as many; what names more is not a delivery that we could believe. */
const MOST_PEOPLE = 100;

/** Loads the schemas and the numbering plans, which nothing needs until the first delivery is read. */
export async function createNormaliser(): Promise<Normalise> {
  const [{ SCHEMAS, DOCUMENTED_KEYS }, { readFresh }, { readCorrection }, parsePhone] = await Promise.all([
    import('./schemas.ts'),
    import('./fresh.ts'),
    import('./correction.ts'),
    loadParsePhone(),
  ]);
  const documented = keysReader(DOCUMENTED_KEYS);

  function read(name: EventName, fields: Fields, reading: Reading): BoomEvent | Unusable {
    const { notUnderstood } = reading;
    if (isIn('report', name)) {
      return readReport(name, payloadOf(SCHEMAS.report, fields, notUnderstood), reading);
    }
    if (isIn('basic', name)) {
      return readBasic(name, payloadOf(SCHEMAS.basic, fields, notUnderstood), reading);
    }
    if (isIn('push', name)) {
      return readPush(name, payloadOf(SCHEMAS.push, fields, notUnderstood), reading);
    }
    if (isIn('identity', name)) {
      return readIdentity(name, payloadOf(SCHEMAS.identity, fields, notUnderstood), reading);
    }
    if (isIn('merged', name)) {
      return readMerged(name, payloadOf(SCHEMAS.merged, fields, notUnderstood), reading);
    }
    return readGroup(name, payloadOf(SCHEMAS.group, fields, notUnderstood), reading);
  }

  return (body, account, source = 'webhook') => {
    if (typeof body !== 'object' || body === null) return failed('the body is not an object');
    const reading: Reading = { account, parsePhone, notUnderstood: new Set() };
    if (source === 'read') return understood(readFresh(body, reading), reading);
    if (source === 'correction') return understood(readCorrection(body), reading);
    const fields = documented(body);
    if (typeof fields.event !== 'string') return failed('the body does not say which event it is');
    const name = eventNameOf(fields.event);
    if (name === null) {
      return {
        ok: false,
        ignored: true,
        reason: `Boom sent ${quoted(fields.event)}, an event that we do not know`,
      };
    }
    if (Array.isArray(fields.applicants) && fields.applicants.length > MOST_PEOPLE) {
      return failed(`it names more than ${MOST_PEOPLE} applicants`);
    }
    return understood(read(name, fields, reading), reading);
  };
}

function understood(event: BoomEvent | Unusable, { notUnderstood }: Reading): NormaliseResult {
  if ('reason' in event) return failed(event.reason);
  return { ok: true, event: { ...event, notUnderstood: [...notUnderstood].sort() } };
}

function failed(reason: string): NormaliseResult {
  return { ok: false, ignored: false, reason };
}

/** Only what looks like a name: anything could stand there, a person's data too. */
function quoted(wire: string): string {
  return /^[\w.-]{1,60}$/.test(wire) ? wire : 'something without a proper name';
}
