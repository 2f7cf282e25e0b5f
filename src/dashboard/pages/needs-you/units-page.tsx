/** Match and remember, where the units over there cannot be listed; else the page of the set-up asks. */
import { z } from 'zod';
import { type Frame, page } from '../../contract.ts';
import { Form } from '../../parts/form.tsx';
import { readUnits, type UnitsView, unitsView } from './units.ts';

export const typedUnitsPage = page({
  name: 'needs_you_units',
  path: '/needs-you/units',
  nav: 'needsYou',
  role: 'owner',
  about: 'Units of Boom’s that a connection does not know, where theirs cannot be listed',
  query: z.object({ connection: z.string() }),
  view: unitsView,
  read: readUnits,
  title: ({ label }, { needsYou }) => needsYou.unitsTitle(label),
  body: (view, frame) => <Units view={view} frame={frame} />,
});

function Units({ view, frame }: { view: UnitsView; frame: Frame }) {
  const { needsYou } = frame.words;
  const { connection, label, types, open, unnamed } = view;
  return (
    <>
      <p>
        <a href="/needs-you">{needsYou.toAll}</a>
      </p>
      {unnamed > 0 ? <p>{needsYou.noUnitNamed}</p> : null}
      {open.length === 0 ? (
        <p>{needsYou.noUnits}</p>
      ) : (
        <>
          <p class="soft">{needsYou.unitsAbout}</p>
          <Form does="needs_units" frame={frame} with={{ connection }} class="card">
            {open.map((words) => (
              <label key={words}>
                <input type="hidden" name="words" value={words} />
                {types === 'id' ? needsYou.unitById(label, words) : needsYou.unitByWords(words)}
                <input name="id" autocomplete="off" maxLength={200} />
              </label>
            ))}
            <button type="submit" class="main">
              {needsYou.matchUnit}
            </button>
          </Form>
        </>
      )}
    </>
  );
}
