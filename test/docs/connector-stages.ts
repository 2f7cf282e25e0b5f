/** What becomes of each decision of Boom's: the manifest's words, and the engine's own answer about each. */
import { ENDS, type End, type Outcome } from '../../src/connect/connection.ts';
import type { Manifest } from '../../src/connect/manifest.ts';
import type { Leasing } from '../../src/project/tenant.ts';
import { answerDecision, type DecisionAnswer } from '../../src/reconcile/decision.ts';
import { asLandlordWants } from '../../src/reconcile/on-end.ts';
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
const NOTE = { marker: '', text: '' };

const isEnd = (leasing: Leasing): leasing is Leasing & End => (ENDS as readonly string[]).includes(leasing);

/** Whether there is any place for what Boom decides, beside fields. */
export function sayables({ capabilities, kinds }: Manifest): { status: boolean; note: boolean } {
  const words = Object.keys(kinds.applicant?.status ?? {});
  return { status: words.length > 0, note: capabilities.notes !== 'none' };
}

/** `before`: what was set there before; null where nobody has decided yet. */
function answerTo(
  leasing: Leasing,
  ends: Outcome,
  before: string | null,
  manifest: Manifest,
): DecisionAnswer {
  const { status = {} } = manifest.kinds.applicant ?? {};
  const says = { leasing, note: leasing === 'in_review' ? null : NOTE };
  const show = asLandlordWants(says, { declined: ends, canceled: ends, merged: ends, moved_out: ends });
  const can = sayables(manifest);
  return answerDecision({
    ...show,
    weak: false,
    resident: false,
    word: show.asStatus ? (status[leasing] ?? null) : null,
    openWord: status.in_review ?? null,
    before,
    remote: can.status ? { value: before, open: before === null, locked: false } : null,
    canNote: can.note,
    noted: leasing === 'in_review' && !can.status,
    revert: NOTE,
    label: manifest.label,
  });
}

const noteIn = ({ capabilities: { notes, byHand } }: Manifest) =>
  notes === 'none' ? HERE : byHand ? 'written down' : 'a note';

function inWords(answer: DecisionAnswer, manifest: Manifest): string {
  if (answer.do === 'set') return `\`${answer.value}\``;
  return answer.do === 'note' ? noteIn(manifest) : HERE;
}

function thereFor(leasing: Leasing, manifest: Manifest): string {
  const approved = manifest.kinds.applicant?.status.approved ?? null;
  if (leasing === 'in_review') {
    const words = inWords(answerTo(leasing, 'annotate', approved, manifest), manifest);
    return words === HERE ? HERE : `${words}, where a decision was taken back`;
  }
  const words = inWords(answerTo(leasing, 'annotate', null, manifest), manifest);
  const set = answerTo(leasing, 'status', null, manifest);
  if (isEnd(leasing) && set.do === 'set')
    return `${words}; with \`onEnd: { ${leasing}: status }\` it is \`${set.value}\``;
  const after = approved === null ? null : answerTo(leasing, 'annotate', approved, manifest);
  if (leasing === 'approved_with_conditions' && after?.do === 'set')
    return `${words}; a decision that boomsync had set goes back to \`${after.value}\``;
  return words;
}

function reportingRows(manifest: Manifest): string[][] {
  const say = noteIn(manifest);
  const rows = [
    ['rent reporting active', say],
    ['rent reporting ended', say],
  ];
  const { notes, kinds } = manifest.capabilities;
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
