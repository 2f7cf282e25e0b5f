/** The buttons of one item: made from what src/operate/remedies.ts says of its cause, the likeliest first. */
import type { ComponentChildren, VNode } from 'preact';
import type { Answer } from '../../../operate/remedies.ts';
import type { Frame } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import type { NeedItem } from './item.ts';
import { JoinAnswers } from './join-answers.tsx';
import { Snooze } from './snooze.tsx';
import { itemPath } from './token.ts';
import { whomOf } from './words.ts';

interface Props {
  item: NeedItem;
  frame: Frame;
}

/** Over which somebody over there has the last word: what is said of it is not that it is in line. */
const SEEN_TO_THERE = new Set(['on_a_lease', 'decided_there', 'resident']);

export function Answers({ item, frame }: Props) {
  const kinds = item.answers as Answer[];
  const [main, ...others] = kinds.flatMap((answer) => BUTTONS[answer]({ item, frame }) ?? []);
  return (
    <>
      <div class="actions">
        {SEEN_TO_THERE.has(item.cause) ? <SeenTo item={item} frame={frame} /> : null}
        {main}
        {others}
      </div>
      {kinds.includes('ignore') ? <Snooze item={item} frame={frame} /> : null}
    </>
  );
}

const BUTTONS: Record<Answer, (props: Props) => VNode | null> = {
  retry: ({ item, frame }) => {
    const { needsYou } = frame.words;
    const text = SEEN_TO_THERE.has(item.cause) ? needsYou.sendAgain : needsYou.tryAgain;
    return (
      <One does="needs_retry" text={text} item={item} frame={frame} main={item.answers[0] === 'retry'} />
    );
  },
  keep_theirs: ({ item, frame }) => (
    <>
      <One
        does="needs_settle"
        with={{ take: 'theirs' }}
        text={frame.words.needsYou.keepTheirs(item.label)}
        item={item}
        frame={frame}
        main={item.answers[0] === 'keep_theirs'}
      />
      <FieldByField item={item} frame={frame} />
    </>
  ),
  use_boom: ({ item, frame }) => (
    <One
      does="needs_settle"
      with={{ take: 'boom' }}
      text={frame.words.needsYou.useBoom}
      item={item}
      frame={frame}
    />
  ),
  choose: ({ item, frame }) =>
    item.candidates === 0 ? null : (
      <LinkButton href={itemPath(item)} item={item} frame={frame} main>
        {frame.words.needsYou.compare}
      </LinkButton>
    ),
  approve: ({ item, frame }) => {
    const { needsYou } = frame.words;
    const text = item.cause === 'over_quota' ? needsYou.letThrough : needsYou.create;
    return <One does="needs_approve" text={text} item={item} frame={frame} main />;
  },
  map_unit: ({ item, frame }) => (
    <OwnerOnly frame={frame}>
      <LinkButton href={unitsPath(item)} item={item} frame={frame} main>
        {frame.words.needsYou.matchUnit}
      </LinkButton>
    </OwnerOnly>
  ),
  done: ({ item, frame }) => (
    <One does="needs_done" text={frame.words.needsYou.done} item={item} frame={frame} main />
  ),
  link: ({ item, frame }) =>
    item.cause === 'weak_match' ? (
      <OwnerOnly frame={frame}>
        <JoinAnswers tenantId={item.tenantId} whom={whomOf(item, frame.words)} frame={frame} />
      </OwnerOnly>
    ) : null,
  // Under its own fold: see Snooze.
  ignore: () => null,
  edit_config: ({ item, frame }) => (
    <OwnerOnly frame={frame}>
      <Settings item={item} frame={frame} />
    </OwnerOnly>
  ),
};

/** Where they can be listed, the page of the set-up proposes which it is. */
function unitsPath({ connection, listsUnits }: NeedItem): string {
  const name = encodeURIComponent(connection);
  return listsUnits ? `/setup/connection/${name}/units` : `/needs-you/units?connection=${name}`;
}

interface OneProps extends Props {
  does: string;
  text: string;
  with?: Record<string, string>;
  main?: boolean;
}

function One({ does, text, item, frame, with: more = {}, main = false }: OneProps) {
  const { words } = frame;
  return (
    <ButtonForm
      does={does}
      frame={frame}
      with={{ record: item.token, ...more }}
      look={main ? 'main' : 'plain'}
      label={words.needsYou.forAbout(text, whomOf(item, words))}
    >
      {text}
    </ButtonForm>
  );
}

function LinkButton({
  href,
  item,
  frame: { words },
  main = false,
  children,
}: Props & { href: string; main?: boolean; children: string }) {
  return (
    <a
      class={main ? 'button main' : 'button'}
      href={href}
      aria-label={words.needsYou.forAbout(children, whomOf(item, words))}
    >
      {children}
    </a>
  );
}

function OwnerOnly({ frame: { who, words }, children }: { frame: Frame; children: ComponentChildren }) {
  return who.role === 'owner' ? children : <span class="soft">{words.needsYou.onlyOwner}</span>;
}

function FieldByField({ item, frame }: Props) {
  const { needsYou } = frame.words;
  if (item.named.length < 2 || item.cause !== 'edited_there') return null;
  return (
    <details>
      <summary>{needsYou.oneField}</summary>
      {item.named.map((field) => (
        <div key={field}>
          {frame.fieldName(item.connection, field)}{' '}
          <One
            does="needs_settle"
            with={{ take: 'theirs', field }}
            text={needsYou.keepTheirs(item.label)}
            item={item}
            frame={frame}
          />
          <One
            does="needs_settle"
            with={{ take: 'boom', field }}
            text={needsYou.useBoom}
            item={item}
            frame={frame}
          />
        </div>
      ))}
    </details>
  );
}

/** A field is left out, or left to them, for everyone; other causes have settings of their own. */
function Settings({ item, frame }: Props) {
  const { needsYou } = frame.words;
  const how = item.cause === 'invalid' ? 'off' : 'pms';
  const named = ['invalid', 'edited_there', 'cannot_change'].includes(item.cause) ? item.named : [];
  const fields = how === 'off' ? named.filter((field) => !item.needed.includes(field)) : named;
  if (fields.length === 0)
    return (
      <LinkButton href={`/connections/${encodeURIComponent(item.connection)}`} item={item} frame={frame}>
        {needsYou.settingOf(item.label)}
      </LinkButton>
    );
  return (
    <>
      {fields.map((field) => (
        <LinkButton
          key={field}
          href={`/needs-you/field?${new URLSearchParams({ connection: item.connection, field, how })}`}
          item={item}
          frame={frame}
        >
          {how === 'off'
            ? needsYou.leaveOut(frame.fieldName(item.connection, field))
            : needsYou.alwaysTheirs(item.label, frame.fieldName(item.connection, field))}
        </LinkButton>
      ))}
    </>
  );
}

function SeenTo({ item, frame }: Props) {
  const { needsYou } = frame.words;
  return (
    <One
      does="needs_quiet"
      with={{ days: '0', why: needsYou.seenToItWhy }}
      text={needsYou.seenToIt}
      item={item}
      frame={frame}
      main
    />
  );
}
