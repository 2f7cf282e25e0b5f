/** A person before the pages, who presses what stands there as a browser without a script would, and counts it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ACTIONS } from '../../src/dashboard/actions.ts';
import { type Landlord, type LandlordOptions, startLandlord } from '../support/landlord.ts';
import { UNITS } from '../support/oak.ts';
import { type SignedIn, signedIn } from '../support/signed-in.ts';
import { type Form, formsIn, linksIn } from './forms-in.ts';

export interface Seat extends SignedIn {
  landlord: Landlord;
  /** Presses the button that is called so, as it stands in this page. */
  click(page: string, button: string, filled?: Record<string, string | string[]>): Promise<string>;
  open(path: string): Promise<string>;
  clicks: number;
}

export async function seat(options: LandlordOptions = {}): Promise<Seat> {
  const landlord = await startLandlord({ oak: UNITS, ...options });
  const person = await signedIn(landlord);
  const it: Seat = {
    ...person,
    landlord,
    clicks: 0,
    async open(path) {
      const { status, text } = await person.get(path);
      expect(status, `${path}: ${text.slice(0, 400)}`).toBe(200);
      return text;
    },
    async click(page, button, filled = {}) {
      const link = linksIn(page).find(({ name }) => name === button);
      it.clicks += 1;
      if (link !== undefined) return await it.open(link.href);
      const form: Form | undefined = formsIn(page).find(({ buttons }) =>
        buttons.some((one) => one.name === button),
      );
      const pressed = form?.buttons.find((one) => one.name === button);
      if (form === undefined || pressed === undefined)
        throw new Error(
          `There is no button ${button}: ${[...formsIn(page).flatMap((one) => one.buttons.map((b) => b.name)), ...linksIn(page).map((one) => one.name)].join(' | ')}`,
        );
      const action = (pressed.action ?? form.action).replace('/do/', '');
      expect(ACTIONS.map(({ name }) => name)).toContain(action);
      const { back = '/', csrf: _, ...fields } = form.fields;
      const said = pressed.value === null ? {} : { [pressed.value[0]]: pressed.value[1] };
      const answer = await person.press(action, { ...fields, ...said, ...filled }, String(back));
      expect(answer.status, answer.text.slice(0, 400)).toBe(200);
      return answer.text;
    },
  };
  return it;
}

/** A connection without an API, from now on. */
export async function withChecklist({ folder, stores }: Landlord): Promise<void> {
  const file = join(folder, 'config/connections/list.yaml');
  writeFileSync(file, 'connector: checklist\nlabel: TenantCloud\ndecisionDelayMinutes: 0\n');
  const id = await stores.commands.ask('reload', {}, new Date().toISOString());
  while ((await stores.commands.take(id)) === undefined) await new Promise((turn) => setTimeout(turn, 20));
}
