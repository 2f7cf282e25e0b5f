/** What `config/boomsync.yaml` and `config/connections/*.yaml` may say; the editors' JSON Schema is made of this. */
import { z } from 'zod';
import { readRange } from './address-range.ts';
import { alertsSchema } from './alerts-schema.ts';

export const SECRET_REFERENCE = /^(env:[A-Za-z_][A-Za-z0-9_]*|file:\S(.*\S)?)$/;

const secret = z.string().regex(SECRET_REFERENCE, {
  error:
    'a secret does not stand in this file: expected `env:NAME` (a variable of the environment) or `file:PATH` (a file that only you can read, beside this one)',
});

const address = z
  .string()
  .refine((text) => isAddress(text), {
    error: 'expected an address like `https://sync.example.com`, without user, `?` or `#`',
  })
  .meta({ format: 'uri' });

const timezone = z
  .string()
  .refine((text) => isTimezone(text), { error: 'expected a time zone like `America/Chicago`' });

const keptFor = z.string().regex(/^(\d{1,4}[dwmy]|off)$/, {
  error: 'expected a time like `30d`, `8w`, `25m` (months) or `5y`, or `off` to keep it for good',
});

const addressRange = z.string().refine((text) => readRange(text) !== null, {
  error: 'expected an address or a range of them, like `127.0.0.1` or `10.0.0.0/8`; `/0` would be everybody',
});

const NAME = /^[a-z0-9][a-z0-9-]*$/;

const account = z.strictObject({
  name: z
    .string()
    .regex(NAME, { error: 'expected small letters, digits and `-`: it becomes part of the address for Boom' })
    .describe('Names the account; with several, part of the address that Boom gets'),
  environment: z.enum(['production', 'sandbox']).default('production').describe('Which Boom sends here'),
  webhookKeys: z
    .array(secret)
    .min(1, { error: 'expected at least one key' })
    .describe('Every key that Boom may show: env:NAME or file:PATH. Several while one is being replaced'),
  api: z
    .strictObject({
      accessKey: secret.describe('env:NAME or file:PATH'),
      secretKey: secret.describe('env:NAME or file:PATH'),
      server: address.optional().describe('Only where Boom told you to use another address than its own'),
      sendAccessKey: z
        .boolean()
        .default(false)
        .describe("Boom's enhanced security is on: show the access key with every request"),
    })
    .optional()
    .describe("The account's API keys, with which boomsync asks Boom for what its messages leave out"),
  bareRent: z
    .enum(['dollars', 'cents'])
    .default('dollars')
    .describe('How to read a rent that Boom sends without a unit'),
});

export const mainSchema = z
  .strictObject({
    publicUrl: address.optional().describe('The address under which Boom reaches this computer'),
    timezone: timezone.default('America/Chicago').describe('The time zone of the properties'),
    country: z
      .enum(['US', 'CA'])
      .default('US')
      .describe('How phone numbers without a country are read, and the currency of bare rents'),
    boom: z
      .array(account)
      .min(1, { error: 'expected at least one account' })
      .describe('The accounts at Boom; nearly always one'),
    resync: z
      .strictObject({
        schedule: z.string().min(1).describe('A cron expression in `timezone`, or `off`'),
      })
      .default({ schedule: '0 */6 * * *' })
      .describe('When everything that is due is gone through again'),
    backup: z
      .strictObject({
        schedule: z
          .string()
          .min(1)
          .default('30 2 * * *')
          .describe('A cron expression in `timezone`, or `off`'),
        keep: z
          .strictObject({
            daily: z.int().min(1).max(365).default(7).describe('The newest of each of so many days'),
            weekly: z.int().min(0).max(520).default(4).describe('The newest of each of so many weeks'),
          })
          .prefault({})
          .describe('Which are kept; the newest always is'),
        folder: z
          .string()
          .min(1)
          .default('data/backups')
          .describe('Where they lie: another disk is better. From the folder that holds config/ and data/'),
        passphrase: secret
          .optional()
          .describe('env:NAME or file:PATH. With it backups are encrypted, and nobody reads them without it'),
      })
      .prefault({})
      .describe('Copies of the database, checked'),
    retention: z
      .strictObject({
        schedule: z
          .string()
          .min(1)
          .default('30 3 * * *')
          .describe('A cron expression in `timezone`, or `off`'),
        bodies: keptFor
          .default('30d')
          .describe('What Boom sent, word for word, once it was used; what was understood of it stays'),
        failedBodies: keptFor.default('90d').describe('What Boom sent that could not be used'),
        attempts: keptFor.default('2y').describe('What was written to a PMS, and what was there before'),
        decisions: keptFor.default('5y').describe('Which decision was written where, and when'),
        applicants: keptFor
          .default('25m')
          .describe('Who applied and never moved in, since Boom last spoke of them; then they are forgotten'),
      })
      .prefault({})
      .describe('How long what is no longer needed is kept'),
    alerts: alertsSchema(secret, address).describe('Who is told when something needs you, and how'),
    server: z
      .strictObject({
        host: z.string().min(1).default('127.0.0.1').describe('BOOMSYNC_HOST wins over it'),
        port: z.int().min(0).max(65535).default(8787).describe('BOOMSYNC_PORT wins over it'),
        trustedProxies: z
          .array(addressRange)
          .default([])
          .describe('Your own proxies in front: whose X-Forwarded-For and X-Forwarded-Proto are believed'),
      })
      .default({ host: '127.0.0.1', port: 8787, trustedProxies: [] })
      .describe('Where boomsync listens'),
    logLevel: z
      .enum(['debug', 'info', 'warn', 'error', 'silent'])
      .default('info')
      .describe('BOOMSYNC_LOG wins over it'),
  })
  .describe('boomsync: config/boomsync.yaml');

const field = z.strictObject({
  owner: z
    .enum(['boom', 'pms', 'fill', 'ask'])
    .optional()
    .describe('Who wins where both sides changed it: boom, pms, fill (only into an empty one) or ask'),
  from: z.string().min(1).optional().describe('Another JSONata expression for the value'),
  off: z.boolean().optional().describe('true leaves the field alone altogether'),
});

const outcome = z.enum(['status', 'annotate', 'nothing']).default('annotate');

const textOrNumber = z.union([z.string().min(1, { error: 'expected a value' }), z.number()]);

export const connectionSchema = z
  .strictObject({
    connector: z
      .string()
      .min(1)
      .describe('Which kind of system: the name of a connector, a folder (./my-pms) or a package'),
    label: z
      .string()
      .min(1)
      .max(60)
      .optional()
      .describe('What you call it, for a checklist above all: TenantCloud'),
    mode: z
      .enum(['preview', 'live'])
      .optional()
      .describe(
        'preview shows what would be written and writes nothing; files on this computer are always live',
      ),
    server: z
      .string()
      .min(1)
      .optional()
      .describe("The name of one of the connector's servers (production, sandbox), or an address"),
    credentials: z
      .record(z.string(), textOrNumber)
      .default({})
      .describe('env:NAME or file:PATH; what is no secret may stand here itself'),
    takes: z.string().min(1).optional().describe('A JSONata expression: which tenants. Default: everyone'),
    create: z
      .enum(['never', 'applicant', 'tenant'])
      .default('applicant')
      .describe('Which records may be added; tenant asks for each person'),
    notes: z
      .boolean()
      .optional()
      .describe(
        'false writes no notes. true writes them also where nothing proves that staff alone read them: look first',
      ),
    createsPerDay: z
      .int()
      .min(0)
      .default(20)
      .describe('New records in a day beyond this wait until you let them through: boomsync approve'),
    decisionDelayMinutes: z
      .int()
      .min(0)
      .max(1440)
      .default(5)
      .describe("How long a decision of Boom's settles before it is sent"),
    onEnd: z
      .strictObject({
        declined: outcome,
        canceled: outcome,
        merged: outcome,
        moved_out: outcome,
      })
      .prefault({})
      .describe(
        'What an end does over there: status sets it, annotate writes a note, nothing. Never a deletion',
      ),
    units: z
      .record(z.string(), textOrNumber)
      .default({})
      .describe("Boom's unit (property / unit, or its external id) to the unit's id over there"),
    fields: z.record(z.string(), field).default({}).describe('Exceptions for single fields over there'),
  })
  .describe('boomsync: config/connections/*.yaml');

export type MainFile = z.output<typeof mainSchema>;
export type ConnectionFile = z.output<typeof connectionSchema>;

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

function isTimezone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: text });
    return !/^[+-]/.test(text);
  } catch {
    return false;
  }
}
