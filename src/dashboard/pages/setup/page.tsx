/** What Boom has to be told, and whether it has done it. */
import { z } from 'zod';
import { type Frame, page } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import { readSetup, type SetupView, setupView } from './read.ts';

interface Props {
  view: SetupView;
  frame: Frame;
}

export const setupPage = page({
  name: 'setup',
  path: '/setup',
  nav: 'connections',
  role: 'owner',
  about: 'The address and the keys for Boom (never their values), and whether it has reached us',
  query: z.object({}),
  view: setupView,
  read: (_query, at) => readSetup(at),
  title: (_view, words) => words.setup.title,
  body: (view, frame) => (
    <>
      <Heard view={view} frame={frame} />
      <Address view={view} frame={frame} />
      {view.accounts.map((account) => (
        <Keys key={account.name} account={account} alone={view.accounts.length === 1} frame={frame} />
      ))}
      <Letter view={view} frame={frame} />
      <section>
        <h2>{frame.words.setup.next}</h2>
        <p>
          <a class="button" href="/setup/connection">
            {frame.words.setup.connect}
          </a>
        </p>
      </section>
    </>
  ),
});

function Heard({ view, frame }: Props) {
  const { setup } = frame.words;
  if (view.heard)
    return (
      <section class="card">
        <p>
          {setup.heard} {setup.lastHeard}: <Moment at={view.lastAt} frame={frame} />.
        </p>
      </section>
    );
  return (
    <section class="card" data-awaits="/api/v1/setup heard">
      <p>{setup.waiting}</p>
      <p>{setup.waitingHow}</p>
    </section>
  );
}

function Address({ view, frame: { words } }: Props) {
  const { setup } = words;
  return (
    <section class="card">
      <h2>{setup.address}</h2>
      <p>{setup.addressText}</p>
      {view.accounts.map(({ name, address }, at) => (
        <p key={name}>
          {view.accounts.length === 1 ? null : `${setup.addressOf(name)}: `}
          <code id={`address-${at}`}>{address}</code> <Copy of={`#address-${at}`} words={words} />
        </p>
      ))}
      {view.fault === null ? null : (
        <>
          <p class="fault">
            {view.fault === 'private' ? setup.privateAddress(view.host) : setup.plainAddress}
          </p>
          <details>
            <summary>{setup.ways}</summary>
            <ol>
              {setup.waysList.map((way) => (
                <li key={way}>{way}</li>
              ))}
            </ol>
            <p>{setup.waysThen}</p>
          </details>
        </>
      )}
    </section>
  );
}

function Keys({
  account: { name, keys },
  alone,
  frame,
}: {
  account: SetupView['accounts'][number];
  alone: boolean;
  frame: Frame;
}) {
  const { setup } = frame.words;
  return (
    <section class="card">
      <h2>{alone ? setup.keys : setup.keysOf(name)}</h2>
      <p>{setup.keysText}</p>
      <p>{keys.length === 1 ? setup.keyOne : setup.keySeveral(keys.length)}</p>
      <ul class="plain-list">
        {keys.map((key, at) => (
          <li key={key.reference}>
            {setup.key(at + 1)} ({setup.keyIn[key.in]}
            {keys.length > 1 && at === keys.length - 1 ? `, ${setup.newest}` : ''}):{' '}
            <code>{setup.hidden}</code>
            <div class="actions">
              <ButtonForm
                does="reveal_key"
                with={{ account: name, reference: key.reference }}
                frame={frame}
                label={setup.revealLabel(at + 1)}
              >
                {setup.reveal}
              </ButtonForm>
              {keys.length > 1 && key.in === 'file' ? (
                <ButtonForm
                  does="remove_key"
                  with={{ account: name, reference: key.reference }}
                  frame={frame}
                  look="danger"
                  label={setup.removeLabel(at + 1)}
                >
                  {setup.remove}
                </ButtonForm>
              ) : null}
            </div>
            {keys.length > 1 && key.in === 'env' ? <p class="small">{setup.envKey}</p> : null}
          </li>
        ))}
      </ul>
      <p>{setup.rotateText}</p>
      <ButtonForm does="rotate_key" with={{ account: name }} frame={frame}>
        {setup.rotate}
      </ButtonForm>
    </section>
  );
}

function Letter({ view, frame: { words } }: Props) {
  const { setup } = words;
  return (
    <section class="card">
      <h2>{setup.letter}</h2>
      <p>{setup.letterText}</p>
      {view.fault === null ? null : <p class="fault">{setup.letterTooSoon}</p>}
      <pre id="letter">{setup.letterBody(view.accounts.map(({ address }) => address))}</pre>
      <Copy of="#letter" words={words} />
    </section>
  );
}

/** Only where a script can do it. */
function Copy({ of, words: { setup } }: { of: string; words: Frame['words'] }) {
  return (
    <button type="button" hidden data-copies={of} data-copied={setup.copied}>
      {setup.copy}
    </button>
  );
}
