/** Step 5: which of their units is which of Boom's. */
import { z } from 'zod';
import { type Frame, page } from '../../contract.ts';
import { ButtonForm, Form } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import { readUnits, type UnitsView, unitsView } from './units-read.ts';

interface Props {
  view: UnitsView;
  frame: Frame;
}

const pathOf = (name: string) => `/setup/connection/${encodeURIComponent(name)}/units`;

export const unitsPage = page({
  name: 'setup_connection_units',
  path: '/setup/connection/:name/units',
  nav: 'connections',
  role: 'owner',
  about: 'Which units over there are which of Boom’s: those that fit, and those that a person must match',
  query: z.object({ name: z.string() }),
  view: unitsView,
  read: ({ name }, at) => readUnits(name, at),
  title: ({ label }, words) => words.setup.unitsTitle(label),
  body: (view, frame) => {
    const { setup } = frame.words;
    const { name, label, mode, ready, failure, there, ours, listed, fits, left } = view;
    return (
      <>
        {mode === 'preview' ? <p class="soft">{setup.step(5, setup.unitsStep)}</p> : null}
        {ready ? null : (
          <section
            class="card"
            data-awaits={`/api/v1/setup_connection_units?name=${encodeURIComponent(name)} ready`}
          >
            <p>{setup.unitsLooking(label)}</p>
            <p>
              <a class="button" href={pathOf(name)}>
                {setup.reload}
              </a>
            </p>
          </section>
        )}
        {failure === null ? null : (
          <p class="fault">
            {setup.unitsFailed(label)} {failure}
          </p>
        )}
        {ready && failure === null ? <p>{setup.unitsCounts(label, there, ours, listed)}</p> : null}
        {ready && failure === null && ours === 0 ? <p>{setup.unitsNoneYet}</p> : null}
        {ours > 0 && listed === ours ? <p>{setup.allMatched}</p> : null}
        {fits.length === 0 ? null : <Fits view={view} frame={frame} />}
        {left.length === 0 ? null : <Leftovers view={view} frame={frame} />}
        {ready ? (
          <section>
            <p class="soft small">
              {frame.words.connection.lookedAt}: <Moment at={view.at} frame={frame} />
            </p>
            <ButtonForm does="look_again" with={{ name }} frame={frame}>
              {frame.words.connection.lookAgain}
            </ButtonForm>
          </section>
        ) : null}
        {view.more > 0 ? <p>{setup.moreUnits(view.more)}</p> : null}
        <p>
          <a class="button main" href={`/connections/${encodeURIComponent(name)}/preview`}>
            {setup.toPreview}
          </a>
        </p>
      </>
    );
  },
});

function Fits({ view: { name, look, fits }, frame }: Props) {
  const { setup } = frame.words;
  const pairs = { name, look, unit: fits.map(({ words }) => words), id: fits.map(({ id }) => id) };
  return (
    <section class="card">
      <h2>{setup.fits}</h2>
      <p>{setup.fitsText}</p>
      <pre>{fits.map(({ words, id, there }) => `${words}: ${id}   # ${there}`).join('\n')}</pre>
      <Form does="match_units" with={pairs} frame={frame}>
        <button type="submit" class="main">
          {setup.matchFits(fits.length)}
        </button>
      </Form>
    </section>
  );
}

function Leftovers({ view, frame }: Props) {
  const { setup } = frame.words;
  const { name, look, left, choices } = view;
  return (
    <section class="card">
      <h2>{setup.leftovers}</h2>
      <p>{setup.leftoversText(`config/connections/${name}.yaml`)}</p>
      <Form does="match_units" with={{ name, look }} frame={frame}>
        {left.map((one, at) => (
          <Leftover key={one.words} one={one} at={at} choices={choices} frame={frame} />
        ))}
        <button type="submit" class="main">
          {setup.match}
        </button>
      </Form>
    </section>
  );
}

/** The two fields of each come in pairs, in the order of the form. */
function Leftover({
  one,
  at,
  choices,
  frame,
}: {
  one: UnitsView['left'][number];
  at: number;
  choices: UnitsView['choices'];
  frame: Frame;
}) {
  const { setup } = frame.words;
  const likely = new Set(one.proposals.map(({ id }) => id));
  const options = [...one.proposals, ...choices.filter(({ id }) => !likely.has(id))];
  const asked = `${setup.whichUnit(one.words)} (${setup.people(one.people)})`;
  const list = `likely-${at}`;
  if (choices.length > 0)
    return (
      <>
        <input type="hidden" name="unit" value={one.words} />
        <label>
          {asked}
          <select name="id">
            <option value="">{setup.notNow}</option>
            {options.map(({ id, words }) => (
              <option key={id} value={id}>
                {words} ({id})
              </option>
            ))}
          </select>
        </label>
      </>
    );
  return (
    <>
      <input type="hidden" name="unit" value={one.words} />
      <label>
        {asked}
        <input name="id" list={list} autocomplete="off" placeholder={setup.idThere} />
      </label>
      <datalist id={list}>
        {options.map(({ id, words }) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </datalist>
    </>
  );
}
