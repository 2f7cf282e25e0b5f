/** What a connector makes of each decision of Boom's, as its manifest and the engine have it. */
import { ENDS, type End } from '../../src/connect/connection.ts';
import type { Manifest } from '../../src/connect/manifest.ts';
import type { Leasing } from '../../src/project/tenant.ts';
import { markdownTable } from './generated.ts';

const SHOWN: readonly Leasing[] = [
  'in_review',
  'approved',
  'approved_with_conditions',
  'declined',
  'canceled',
  'merged',
];
const HERE = 'shown in boomsync only';

const isEnd = (leasing: Leasing): leasing is Leasing & End => (ENDS as readonly string[]).includes(leasing);

/** Whether there is any place for what Boom decides, beside fields. */
export function sayables({ capabilities, kinds }: Manifest): { status: boolean; note: boolean } {
  const words = Object.keys(kinds.applicant?.status ?? {});
  return { status: words.length > 0, note: capabilities.notes !== 'none' };
}

function thereFor(leasing: Leasing, { capabilities, kinds }: Manifest): string {
  const { status = {} } = kinds.applicant ?? {};
  const { byHand, notes } = capabilities;
  const say = notes === 'none' ? HERE : byHand ? 'written down' : 'a note';
  const word = status[leasing] === undefined ? null : `\`${status[leasing]}\``;
  const open = status.in_review === undefined ? null : `\`${status.in_review}\``;
  if (leasing === 'in_review')
    return word === null && notes === 'none' ? HERE : `${word ?? say}, where a decision was taken back`;
  if (isEnd(leasing)) {
    return word === null ? say : `${say}; with \`onEnd: { ${leasing}: status }\` it is ${word}`;
  }
  if (word !== null) return word;
  return open === null ? say : `${say}; a decision that boomsync had set goes back to ${open}`;
}

function reportingRows({ capabilities: { notes, byHand, kinds } }: Manifest): string[][] {
  const say = notes === 'none' ? HERE : byHand ? 'written down' : 'a note';
  const rows = [
    ['rent reporting active', say],
    ['rent reporting ended', say],
  ];
  if (notes === 'none' || !kinds.includes('tenant')) return rows;
  return [...rows, ['moved out', `${say} about the tenant, unless \`onEnd.moved_out\` says otherwise`]];
}

export function stagesPart(manifest: Manifest): string {
  const { label, capabilities } = manifest;
  const { status, note } = sayables(manifest);
  if (!status && !note) {
    if (capabilities.local || capabilities.find === 'none')
      return 'No decision is set and no note written: what Boom said stands in the fields.';
    return `${label} has no place for decisions or rent reporting: they are ${HERE}.`;
  }
  const rows = [
    ...SHOWN.map((leasing) => [`\`${leasing}\``, thereFor(leasing, manifest)]),
    ...reportingRows(manifest),
  ];
  const table = markdownTable(['Boom', capabilities.byHand ? 'in a task' : `in ${label}`], rows);
  if (capabilities.notes !== 'unproven') return table;
  return `${table}\n\nNotes are written only where the connection's file says \`notes: true\`. Without it they are ${HERE}.`;
}
