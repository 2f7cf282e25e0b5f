/**
 * Which units of a PMS may be one of Boom's, best first: by ids, then by address and name, then by name. A proposal,
 * never a decision: only the landlord's own list ties records to units. Pure.
 */
import type { UnitRef } from '../boom/event.ts';
import { unitLikeness, unitName } from '../project/addresses.ts';
import type { RemoteUnit } from './contract.ts';
import { unitKey } from './units.ts';

export interface UnitProposal {
  unit: RemoteUnit;
  why: 'external id' | 'address and unit' | 'title';
  /** Only this one fits so well, and nothing that both say of it differs. */
  exact: boolean;
}

interface Fit {
  unit: RemoteUnit;
  why: UnitProposal['why'];
  /** Nothing that both say differs. */
  sure: boolean;
}

export function proposeUnits(unit: UnitRef, units: readonly RemoteUnit[]): UnitProposal[] {
  const fits = units.flatMap((remote) => fitOf(unit, remote) ?? []);
  const ranked = [...fits].sort((a, b) => rank(a) - rank(b));
  const [best, ...others] = ranked;
  const alone = best !== undefined && others.every((other) => rank(other) > rank(best));
  return ranked.map(({ unit, why, sure }, at) => ({ unit, why, exact: at === 0 && alone && sure }));
}

const ORDER: readonly Fit['why'][] = ['external id', 'address and unit', 'title'];
const rank = ({ why, sure }: Fit) => ORDER.indexOf(why) * 2 + (sure ? 0 : 1);

function fitOf(unit: UnitRef, remote: RemoteUnit): Fit | null {
  const where = unitLikeness(unit, remote);
  const named = likeNames(unitName(unit.title), unitName(remote.title));
  const property = likeNames(unitKeyOf(unit.property?.name), unitKeyOf(remote.property));
  // Ids of another system may be alike by chance.
  if (idsMeet(unit, remote))
    return { unit: remote, why: 'external id', sure: where !== 'different' && named !== 'different' };
  if (where === 'same') return { unit: remote, why: 'address and unit', sure: named !== 'different' };
  if (named !== 'same') return null;
  return { unit: remote, why: 'title', sure: property === 'same' && where !== 'different' };
}

function idsMeet(unit: UnitRef, remote: RemoteUnit): boolean {
  const ours = [unit.externalId, unit.id].filter((id) => id !== null);
  const [theirs, own] = [remote.externalId, remote.id];
  // Their own id counts for what the landlord told Boom; Boom's ids are numbers of Boom's.
  return (theirs !== null && ours.includes(theirs)) || unit.externalId === own;
}

const unitKeyOf = (text: string | null | undefined) => (text ? unitKey(text) : null);

function likeNames(one: string | null, other: string | null): 'same' | 'different' | 'unclear' {
  if (one === null || other === null) return 'unclear';
  return one === other ? 'same' : 'different';
}
