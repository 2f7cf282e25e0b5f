/** `alerts:` of `config/boomsync.yaml`: who is told when something needs the landlord, and how. */
import { z } from 'zod';

/** Addresses of people, as a mail program takes them; no names, no line ends. */
const mailbox = z
  .string()
  .regex(/^[^\s@<>",;:]+@[^\s@<>",;:]+$/, { error: 'expected an e-mail address like `you@example.com`' });

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const clock = z.string().regex(CLOCK, { error: 'expected a time of day in quotes, like `"22:00"`' });

export const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

const WEEKLY = new RegExp(`^(${WEEKDAYS.join('|')}) ([01]\\d|2[0-3]):[0-5]\\d$`);

/** `secret` and `address` as the rest of the file has them; a list of topics is as good as a key. */
export function alertsSchema(secret: z.ZodString, address: z.ZodType<string, string>) {
  const whereTo = z.union([secret, address], {
    error: 'expected an address like `https://ntfy.sh/my-topic`, or `env:NAME` or `file:PATH` that holds it',
  });
  const channel = z
    .strictObject({
      name: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, { error: 'expected small letters, digits and `-`' })
        .optional()
        .describe('What you call it; without one it is called by its kind'),
      mail: z
        .strictObject({
          host: z.string().regex(/^\S+$/, { error: 'expected the name of a mail server' }),
          port: z.int().min(1).max(65535).default(587),
          secure: z
            .boolean()
            .default(false)
            .describe('true speaks TLS from the first byte (port 465); false begins it when the server can'),
          user: z
            .string()
            .min(1)
            .refine((text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), { error: 'expected one line' })
            .optional(),
          password: secret.optional().describe('env:NAME or file:PATH'),
          from: mailbox,
          to: z.array(mailbox).min(1, { error: 'expected at least one address' }),
        })
        .optional()
        .describe('Mail by any SMTP server'),
      ntfy: z
        .strictObject({
          url: whereTo.describe('The address with the topic: https://ntfy.sh/my-topic'),
          token: secret.optional().describe('env:NAME or file:PATH'),
        })
        .optional()
        .describe('ntfy.sh or your own ntfy'),
      url: z
        .strictObject({
          url: whereTo,
          secret: secret
            .optional()
            .describe('Signs by the Standard Webhooks scheme: whsec_ and base64, as env:NAME or file:PATH'),
        })
        .optional()
        .describe('JSON by POST to any address'),
    })
    .refine(({ mail, ntfy, url }) => [mail, ntfy, url].filter((one) => one !== undefined).length === 1, {
      error: 'expected exactly one of `mail`, `ntfy` and `url` below it',
    });
  return z
    .strictObject({
      channels: z.array(channel).default([]).describe('Who is told: each of them of everything'),
      quietHours: z
        .strictObject({ from: clock, to: clock })
        .refine(({ from, to }) => from !== to, { error: 'expected two times that differ' })
        .optional()
        .describe('In `timezone`: nothing is sent then; what happened is told afterwards'),
      weekly: z
        .string()
        .regex(WEEKLY, { error: 'expected a day and a time, like `monday 08:00`' })
        .optional()
        .describe('When to say how things stand although nothing happened, in `timezone`'),
      heartbeat: z
        .strictObject({
          url: whereTo.describe('Asked by GET while boomsync is alive and can store'),
          minutes: z.int().min(1).max(1440).default(5),
        })
        .optional()
        .describe(
          'A service that tells you when it hears nothing: the one alert that a dead computer cannot send',
        ),
    })
    .prefault({});
}
