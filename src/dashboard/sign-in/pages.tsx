/** What somebody sees who is not signed in. */
import type { ComponentChildren } from 'preact';
import { SHORTEST_PASSWORD } from '../../operate/people/password.ts';
import type { Words } from '../../words/words.ts';
import { iconOf } from '../assets.ts';
import { Shell } from '../parts/layout.tsx';

interface Plain {
  words: Words;
  /** What was wrong with what was sent; null: nothing was sent yet. */
  fault: string | null;
}

function Sheet({
  title,
  words,
  head,
  children,
}: {
  title: string;
  words: Words;
  head?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <Shell
      title={`${title} · ${words.frame.product}`}
      icon={iconOf('not_set_up')}
      locale={words.locale}
      head={head}
    >
      <main id="content" class="narrow">
        <h1>{title}</h1>
        {children}
      </main>
    </Shell>
  );
}

function Fault({ text }: { text: string | null }) {
  return text === null ? null : (
    <div class="notice wrong" role="alert">
      <p>{text}</p>
    </div>
  );
}

const Command = ({ text }: { text: string }) => (
  <p>
    <code>{text}</code>
  </p>
);

interface SignInPageProps extends Plain {
  name: string;
  back: string;
  /** Nobody can sign in before the first user. */
  anybody: boolean;
}

export function SignInPage({ words, fault, name, back, anybody }: SignInPageProps) {
  const { signIn } = words;
  if (!anybody)
    return (
      <Sheet title={signIn.title} words={words}>
        <p>{signIn.nobodyYet}</p>
        <Command text="npx boomsync admin login-link" />
      </Sheet>
    );
  return (
    <Sheet title={signIn.title} words={words}>
      <Fault text={fault} />
      <form method="post" action="/sign-in">
        <input type="hidden" name="back" value={back} />
        <label>
          {signIn.name}
          <input name="name" value={name} autocomplete="username" autocapitalize="none" required />
        </label>
        <label>
          {signIn.password}
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        <button type="submit" class="main">
          {signIn.submit}
        </button>
      </form>
      <details>
        <summary>{signIn.forgotten}</summary>
        <p>{signIn.forgottenText}</p>
        <Command text="npx boomsync admin login-link" />
      </details>
    </Sheet>
  );
}

function NewPassword({ words, required }: { words: Words; required: boolean }) {
  const { signIn } = words;
  return (
    <>
      <label>
        {signIn.newPassword}
        <input
          name="password"
          type="password"
          autocomplete="new-password"
          minLength={SHORTEST_PASSWORD}
          aria-describedby="shortest"
          required={required}
        />
      </label>
      <p id="shortest" class="hint">
        {signIn.shortest(SHORTEST_PASSWORD)}
      </p>
      <label>
        {signIn.again}
        <input name="again" type="password" autocomplete="new-password" required={required} />
      </label>
    </>
  );
}

export function FirstRunPage({ words, fault, name }: Plain & { name: string }) {
  const { signIn } = words;
  return (
    <Sheet title={signIn.firstTitle} words={words}>
      <p>{signIn.firstText}</p>
      <Fault text={fault} />
      <form method="post">
        <label>
          {signIn.name}
          <input name="name" value={name} autocomplete="username" autocapitalize="none" required />
        </label>
        <NewPassword words={words} required />
        <button type="submit" class="main">
          {signIn.firstSubmit}
        </button>
      </form>
    </Sheet>
  );
}

/** A link is used by a press only: a programme that looks into every link of a message does not use it up. */
export function LinkPage({
  words,
  fault,
  name,
  hasPassword,
}: Plain & { name: string; hasPassword: boolean }) {
  const { signIn } = words;
  return (
    <Sheet title={signIn.linkTitle(name)} words={words}>
      <p>{hasPassword ? signIn.linkText : signIn.linkFirstText}</p>
      <Fault text={fault} />
      <form method="post">
        <input type="hidden" name="name" value={name} autocomplete="username" />
        <NewPassword words={words} required={!hasPassword} />
        <button type="submit" class="main">
          {signIn.submit}
        </button>
      </form>
    </Sheet>
  );
}

export function DeadLinkPage({ words, first }: { words: Words; first: boolean }) {
  const { signIn } = words;
  return (
    <Sheet title={signIn.deadTitle} words={words}>
      <p>{signIn.deadText}</p>
      <p>{first ? signIn.deadFirstRemedy : signIn.deadRemedy}</p>
      <Command text="npx boomsync admin login-link" />
      <p>
        <a href="/sign-in">{signIn.title}</a>
      </p>
    </Sheet>
  );
}

/** Goes on by itself. */
export function OnceMorePage({ words, to }: { words: Words; to: string }) {
  return (
    <Sheet
      title={words.signIn.moment}
      words={words}
      head={<meta http-equiv="refresh" content={`0; url=${to}`} />}
    >
      <p>
        <a href={to}>{words.signIn.goOn}</a>
      </p>
    </Sheet>
  );
}
