/** The whole document: verdict, navigation, what an action said, and the page's own. */
import type { ComponentChildren } from 'preact';
import { needsOf } from '../../operate/verdict.ts';
import { assets, iconOf } from '../assets.ts';
import { type Body, type Frame, NAV, type NavName, type Said } from '../contract.ts';
import { Form } from './form.tsx';
import { StatusWord } from './status-word.tsx';

export const PATHS: Record<NavName, string> = {
  overview: '/',
  needsYou: '/needs-you',
  tenants: '/tenants',
  reporting: '/reporting',
  connections: '/connections',
  events: '/events',
  settings: '/settings',
};

export function Document({
  title,
  frame,
  nav,
  children,
}: {
  title: string;
  frame: Frame;
  nav: NavName | null;
  children: Body;
}) {
  const { words, status, who } = frame;
  const needs = needsOf(status);
  return (
    <Shell
      title={`${words.frame.verdict[status.verdict]}: ${title} · ${words.frame.product}`}
      icon={iconOf(status.verdict)}
      locale={words.locale}
    >
      <a class="skip" href="#content">
        {words.frame.skip}
      </a>
      <header>
        <a class="home" href="/">
          <StatusWord verdict={status.verdict} words={words} />
          <span class="product">{words.frame.product}</span>
        </a>
        <nav aria-label={words.frame.navigation}>
          {NAV.map((name) => (
            <a key={name} href={PATHS[name]} {...(name === nav ? { 'aria-current': 'page' as const } : {})}>
              {words.frame.nav[name]}
              {name === 'needsYou' && needs > 0 ? <span class="count">{needs}</span> : null}
            </a>
          ))}
        </nav>
        <Form does="sign_out" frame={frame} class="who">
          <span>{words.frame.signedInAs(who.name)}</span>
          <button type="submit" class="link">
            {words.frame.signOut}
          </button>
        </Form>
      </header>
      <main id="content" tabIndex={-1}>
        {frame.said === null ? null : <Notice said={frame.said} frame={frame} />}
        <h1>{title}</h1>
        {children}
      </main>
      <footer class="small soft">{words.frame.times(frame.timezone)}</footer>
    </Shell>
  );
}

/** A document without a verdict: for whoever is not signed in. */
export function Shell({
  title,
  icon,
  locale,
  head,
  children,
}: {
  title: string;
  icon: string;
  locale: string;
  head?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        {head}
        <title>{title}</title>
        <link rel="icon" href={icon} type="image/svg+xml" />
        <link rel="stylesheet" href={assets.style} />
        <script src={assets.script} defer />
      </head>
      <body>{children}</body>
    </html>
  );
}

function Notice({ said, frame: { words } }: { said: Said; frame: Frame }) {
  return (
    <div class={said.ok ? 'notice ok' : 'notice wrong'} role={said.ok ? 'status' : 'alert'}>
      <p>{said.text}</p>
      {said.remedy === undefined ? null : <p>{said.remedy}</p>}
      {said.secret === undefined ? null : (
        <p>
          {words.frame.secretOnce} <code class="secret">{said.secret}</code>
        </p>
      )}
    </div>
  );
}
