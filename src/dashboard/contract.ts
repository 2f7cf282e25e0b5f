/**
 * What a page and an action are. Both are data: the pages with their forms, the JSON API and its OpenAPI document are
 * made from the same two lists.
 */
import type { Middleware, ParameterizedContext } from 'koa';
import type { ComponentChildren, VNode } from 'preact';
import type { z } from 'zod';
import type { AccountConfig, AlertsConfig, Config } from '../config/config.ts';
import type { Connection } from '../connect/connection.ts';
import type { Commands } from '../operate/commands.ts';
import type { Log } from '../operate/log.ts';
import type { Status } from '../operate/status.ts';
import { ROLES, type Role } from '../store/people.ts';
import type { Stores } from '../store/stores.ts';
import type { Words } from '../words/words.ts';

export { ROLES, type Role };

/** Who asks: a person who signed in, or a script with a key of its own. */
export interface Who {
  name: string;
  role: Role;
  /** Which key a script has: several may have one name. Null for a person. */
  key: number | null;
  /** Null for a script, which sends no cookie that another site could borrow. */
  session: Session | null;
}

/** As the people log names them. */
export const loggedAs = ({ name, key }: Who): string => (key === null ? name : `key ${name}`);

export interface Session {
  /** Names it in the store; not what the cookie holds. */
  id: string;
  userId: number;
  /** Stands in every form of this session. */
  csrf: string;
}

/** What the pages read and change. */
export interface Tools {
  stores: Stores;
  config: Config;
  /** As they are now. */
  connections: () => readonly Connection[];
  /** With the keys that Boom may show now. */
  accounts: () => readonly AccountConfig[];
  /** Who is told of trouble, as it is now. */
  alerts: () => AlertsConfig;
  commands: Commands;
  /** Of a large home it may be some seconds old: see operate/status-cache.ts. */
  status: () => Promise<Status>;
  /** What `status` says may be old now. */
  changed: () => void;
  now: () => Date;
  log: Log;
}

/** One request: the tools, who asks, and the words of their language. */
export interface At extends Tools {
  who: Who;
  words: Words;
}

/** What every page shows around its own. */
export interface Frame {
  words: Words;
  who: Who;
  status: Status;
  timezone: string;
  /** What a person calls a field of a connection's: `Phone` for `PhoneNumbers.Mobile`. */
  fieldName(connection: string, field: string): string;
  now: Date;
  /** Path and query of the page, to come back to. */
  here: string;
  /** What an action just said. */
  said: Said | null;
}

export type Body = VNode | ComponentChildren;

export interface Page<Query extends z.ZodType = z.ZodType, View extends z.ZodType = z.ZodType> {
  /** Of the API: `GET /api/v1/<name>`. */
  name: string;
  /** As the router reads it: `/tenants/:id`. Its parameters are in `query` too. */
  path: string;
  /** Under which entry of the navigation it stands; null: under none. */
  nav: NavName | null;
  /** Who may see it; `helper` includes the owner. */
  role: Role;
  query: Query;
  view: View;
  /** One sentence for the API's document. */
  about: string;
  /** Null: there is no such thing. */
  read(query: z.output<Query>, at: At): Promise<z.output<View> | null>;
  title(view: z.output<View>, words: Words): string;
  body(view: z.output<View>, frame: Frame): Body;
}

export const NAV = [
  'overview',
  'needsYou',
  'tenants',
  'reporting',
  'connections',
  'events',
  'settings',
] as const;
export type NavName = (typeof NAV)[number];

/** What an action came to, in a sentence for whoever pressed the button. */
export interface Said {
  ok: boolean;
  text: string;
  /** What to do now; absent where nothing is. */
  remedy?: string;
  /** The page to go to; absent: back to where the form stood. */
  to?: string;
  /** The page that it leads to says it all. */
  quiet?: boolean;
  /** Shown once, and kept nowhere: a key that was just made. */
  secret?: string;
}

export interface Action<Input extends z.ZodType = z.ZodType> {
  /** `POST /do/<name>` with a form, `POST /api/v1/do/<name>` with JSON. */
  name: string;
  role: Role;
  /** Of a form every value is text, and one that may be given several times is a list or one text: see forms.ts. */
  input: Input;
  about: string;
  run(input: z.output<Input>, at: At): Promise<Said>;
}

/** Keeps the types of its parts; lists hold them without. */
export function page<Query extends z.ZodType, View extends z.ZodType>(it: Page<Query, View>): Page {
  return it as unknown as Page;
}

export function action<Input extends z.ZodType>(it: Action<Input>): Action {
  return it as unknown as Action;
}

/** Who may look: src/dashboard/sign-in/. */
export interface SignIn {
  /** `/sign-in`, `/sign-out`, `/first-run/:token`, `/link/:token`. */
  routes: Middleware;
  /** By the cookie, or by `Authorization: Bearer …`. */
  who(ctx: ParameterizedContext): Promise<Who | null>;
  /** Answers for somebody who is not signed in: to the sign-in page, or once more to the same path (see there). */
  ask(ctx: ParameterizedContext): Promise<void>;
  /** Whether this form came from one of this session's pages. */
  isOwnForm(ctx: ParameterizedContext, who: Who, csrf: unknown): boolean;
  /** For the next page of this session, and that one only. */
  say(who: Who, said: Said): Promise<void>;
  takeSaid(who: Who): Promise<Said | null>;
}
