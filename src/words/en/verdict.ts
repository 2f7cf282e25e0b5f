/** How things stand, in whole sentences, and the one thing to do. What an alert says as well is in standing.ts. */
import { plural } from './plural.ts';

const tenantsWait = (count: number) => plural(count, 'tenant waits', 'tenants wait');

export const verdict = {
  notRunning: 'boomsync is not running: nothing that Boom sends now is received.',
  notRunningDo: 'npm start',
  nothingIsLost: 'Nothing is lost.',
  nothingWasLost: 'Nothing has been lost.',
  inLine: (count: number, total: number) => `${count} of ${plural(total, 'tenant', 'tenants')} in line.`,

  needs: (count: number) => `${plural(count, 'thing needs', 'things need')} you.`,
  needsDo: 'npx boomsync errors',
  noBackupDo: 'npx boomsync backup',

  restored: (when: string, label: string) =>
    `A backup was restored on ${when}: nothing is sent to ${label} until you have compared.`,
  restoredDo: (name: string) => `npx boomsync preview ${name}, then: npx boomsync connection resume ${name}`,
  paused: (name: string, label: string, when: string) => `You paused ${name} (${label}) on ${when}.`,
  pausedDo: (name: string) => `npx boomsync connection resume ${name}`,
  waits: (count: number) => (count === 0 ? 'Nothing waits.' : `${tenantsWait(count)}.`),
  hiccup: (label: string, when: string) =>
    `${label} has not answered since ${when}, and is tried again by itself.`,

  catchingUp: (count: number) => `Catching up: ${plural(count, 'update is', 'updates are')} under way.`,
  settles: (count: number) =>
    `${plural(count, 'decision settles', 'decisions settle')} for a few minutes first.`,
  boomSilent: 'Boom does not answer what we ask',
  boomReceived: 'What Boom sends is received all the same.',
  waitsForBoom: 'For the others we wait until Boom says who they are, or where they live. Nothing needs you.',

  nothingYet: 'Nothing has arrived from Boom yet.',
  nothingYetDo:
    'Give Boom the address and the key that npm start prints, or try it: npx boomsync send application_approved',
  preview: (labels: readonly string[], count: number) =>
    `Preview: nothing is written to ${labels.join(' and ')} yet. ${plural(count, 'record', 'records')} would be changed or added.`,
  previewDo: 'npx boomsync preview',

  reading: (from: string, to: string) =>
    `Boom could not reach us from ${from} to ${to}; it is being read back.`,
  moreGaps: (count: number) => `There ${count === 1 ? 'is' : 'are'} ${plural(count, 'gap', 'gaps')} more.`,
  gapsDo: 'npx boomsync gaps',
  quietDo: 'Ask Boom for a test message.',

  aside: (count: number) => `You put ${plural(count, 'thing', 'things')} aside.`,
  asideDo: 'npx boomsync errors --all',
  heldBack: (count: number) => `You hold back ${plural(count, 'record', 'records')}.`,
  heldBackDo: 'npx boomsync tenants',
};
