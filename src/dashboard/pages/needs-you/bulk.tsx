/** Answers for many alike: those that are ticked, or all there are. */

import { parkedKey } from '../../../operate/alerts/parked.ts';
import type { Answer } from '../../../operate/remedies.ts';
import type { Words } from '../../../words/words.ts';
import type { Frame } from '../../contract.ts';
import { ButtonForm, Form } from '../../parts/form.tsx';
import { answersOf } from './item.ts';
import { HowLong } from './snooze.tsx';

interface Props {
  group: { connection: string; label: string; cause: string; count: number };
  /** How many of them are on this page. */
  here: number;
  frame: Frame;
}

interface Many {
  does: string;
  text: string;
  take?: string;
  /** Also for those that are not on the page: it writes nothing that nobody has looked at. */
  unseen: boolean;
}

export const bulkForm = ({ connection, cause }: { connection: string; cause: string }) =>
  `${parkedKey(connection, cause)}-ticked`;

function manyOf(answer: Answer, { cause, label }: Props['group'], { needsYou }: Words): Many | null {
  switch (answer) {
    case 'retry':
      return { does: 'needs_retry', text: needsYou.tryAgain, unseen: true };
    case 'keep_theirs':
      return { does: 'needs_settle', text: needsYou.keepTheirs(label), take: 'theirs', unseen: true };
    case 'use_boom':
      return { does: 'needs_settle', text: needsYou.useBoom, take: 'boom', unseen: false };
    case 'approve':
      return cause === 'over_quota'
        ? { does: 'needs_approve', text: needsYou.letThrough, unseen: true }
        : { does: 'needs_approve', text: needsYou.create, unseen: false };
    case 'done':
      return { does: 'needs_done', text: needsYou.done, unseen: false };
    default:
      return null;
  }
}

export function Bulk({ group, here, frame }: Props) {
  const { words } = frame;
  const { needsYou } = words;
  const answers = answersOf(group.cause);
  const many = answers.flatMap((answer) => manyOf(answer, group, words) ?? []);
  const form = bulkForm(group);
  const all = `${form}-all`;
  const mayAll = many.filter(({ unseen }) => unseen || here === group.count);
  return (
    <section class="card" aria-label={needsYou.bulk}>
      <p class="tick-all">
        <input type="checkbox" id={all} hidden data-ticks={`input[form="${form}"]`} />
        <label for={all}>{needsYou.tickAll}</label>
      </p>
      <Form does={many[0]?.does ?? 'needs_quiet'} frame={frame} id={form}>
        <div class="actions">
          {many.map(({ does, text, take }, at) => (
            <button
              key={text}
              type="submit"
              class={at === 0 ? 'main' : 'plain'}
              formaction={`/do/${does}`}
              {...(take === undefined ? {} : { name: 'take', value: take })}
            >
              {needsYou.ticked(text)}
            </button>
          ))}
        </div>
        <details>
          <summary>{needsYou.ticked(needsYou.snooze)}</summary>
          <div class="filters">
            <HowLong words={words} />
            <button type="submit" formaction="/do/needs_quiet">
              {needsYou.ticked(needsYou.snooze)}
            </button>
          </div>
        </details>
      </Form>
      <div class="actions">
        {mayAll.slice(0, 2).map(({ does, text, take }) => (
          <ButtonForm
            key={text}
            does={does}
            frame={frame}
            with={{ all: 'on', connection: group.connection, cause: group.cause, take: take ?? null }}
          >
            {needsYou.allAlike(text, group.count)}
          </ButtonForm>
        ))}
      </div>
    </section>
  );
}
