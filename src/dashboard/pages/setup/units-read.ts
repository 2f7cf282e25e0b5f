/** Boom's units and those over there: which fit beyond doubt, and which are a person's to match. */
import { z } from 'zod';
import type { RemoteUnit } from '../../../connect/contract.ts';
import type { UnitOfBoom, UnitReport } from '../../../operate/units.ts';
import type { At } from '../../contract.ts';
import { look } from '../connection/looks.ts';

const unit = z.object({ id: z.string(), words: z.string() });

export const unitsView = z.object({
  name: z.string(),
  label: z.string(),
  mode: z.enum(['preview', 'live']),
  /** Names what was seen, for matching. */
  look: z.string(),
  /** When the system over there was asked. */
  at: z.string(),
  /** False while the system over there is still being asked. */
  ready: z.boolean(),
  /** Null: it told us. */
  failure: z.string().nullable(),
  /** How many it has, how many Boom names, and how many of these are matched. */
  there: z.number(),
  ours: z.number(),
  listed: z.number(),
  fits: z.array(z.object({ words: z.string(), id: z.string(), there: z.string() })),
  left: z.array(
    z.object({
      words: z.string(),
      people: z.number(),
      /** The likeliest first. */
      proposals: z.array(unit),
    }),
  ),
  /** How many leftovers follow after those. */
  more: z.number(),
  /** Every unit over there where they are few enough to choose among; else none. */
  choices: z.array(unit),
});
export type UnitsView = z.output<typeof unitsView>;

const SHOWN_FITS = 100;
const SHOWN_LEFT = 20;
/** More would be a long list to look through in each field. */
const MOST_CHOICES = 300;

/** Null: there is no such connection, or it has no units to list. */
export async function readUnits(name: string, at: At): Promise<UnitsView | null> {
  const connection = at.connections().find((one) => one.name === name);
  if (connection === undefined || connection.connector.units === undefined) return null;
  const found = await look(at.commands, 'units', name, { connection: name }, at.now());
  const { label, mode } = connection;
  const whole = { name, label, mode, look: found.id, at: found.at };
  const empty = { there: 0, ours: 0, listed: 0, fits: [], left: [], more: 0, choices: [] };
  const { result } = found;
  if (result === null) return { ...whole, ready: false, failure: null, ...empty };
  if ('error' in result) return { ...whole, ready: true, failure: result.error, ...empty };
  return { ...whole, ready: true, failure: null, ...matched(result) };
}

function matched({ there, ours }: UnitReport) {
  const open = ours.filter(({ unitId }) => unitId === null);
  const fits = open.flatMap((one) => fitOf(one) ?? []);
  const left = open.filter((one) => fitOf(one) === null);
  return {
    there: there.length,
    ours: ours.length,
    listed: ours.length - open.length,
    fits: fits.slice(0, SHOWN_FITS),
    left: left.slice(0, SHOWN_LEFT).map(({ words, tenants, proposals }) => ({
      words,
      people: tenants.length,
      proposals: proposals.map((one) => choiceOf(one.unit)),
    })),
    more: Math.max(0, left.length - SHOWN_LEFT) + Math.max(0, fits.length - SHOWN_FITS),
    choices: there.length > MOST_CHOICES || left.length === 0 ? [] : there.map(choiceOf),
  };
}

function fitOf({ words, proposals: [best] }: UnitOfBoom) {
  if (best?.exact !== true) return null;
  const { id, words: there } = choiceOf(best.unit);
  return { words, id, there };
}

function choiceOf({ id, property, title, address }: RemoteUnit) {
  return { id, words: [property, title].filter(Boolean).join(' / ') || address || id };
}
