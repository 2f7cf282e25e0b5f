/** Which record over there is it? What Boom says, and each that may be it, side by side. */

import { recordName } from '../../../operate/records.ts';
import { type Frame, page } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { ItemCard } from './item-card.tsx';
import { type RecordView, readRecord, recordView, type Side } from './record.ts';
import { shown } from './words.ts';

export const recordPage = page({
  name: 'needs_you_record',
  path: '/needs-you/record',
  nav: 'needsYou',
  role: 'helper',
  about: 'One record that needs a person, beside those over there that may be it',
  query: recordName,
  view: recordView,
  read: readRecord,
  title: ({ item }, { needsYou }) => needsYou.twoFit(item.label),
  body: (view, frame) => <Compare view={view} frame={frame} />,
});

function Compare({ view, frame }: { view: RecordView; frame: Frame }) {
  const { needsYou } = frame.words;
  const { item, boom, there } = view;
  return (
    <>
      <p>
        <a href="/needs-you">{needsYou.toAll}</a>
      </p>
      {view.shown ? null : <p class="fault">{needsYou.cannotCompare(item.label)}</p>}
      {view.shown && there.length === 0 ? <p>{needsYou.noCandidates(item.label)}</p> : null}
      <div class="sides">
        {boom === null ? null : (
          <section class="card">
            <h2>{needsYou.boomHas}</h2>
            <Values side={boom} connection={item.connection} frame={frame} />
          </section>
        )}
        {there.map((side) => (
          <section key={side.remoteId} class="card">
            <h2>{needsYou.candidate(side.remoteId ?? '')}</h2>
            <Values side={side} connection={item.connection} frame={frame} />
            <Choice side={side} view={view} frame={frame} />
          </section>
        ))}
      </div>
      <ItemCard item={item} frame={frame} />
    </>
  );
}

/** What differs from Boom's stands out in words' weight as well as in colour. */
function Values({ side, connection, frame }: { side: Side; connection: string; frame: Frame }) {
  const { words, fieldName } = frame;
  const differs = new Set(side.differs);
  return (
    <dl>
      {(['firstName', 'lastName', 'email', 'phone'] as const).map((fact) => (
        <Value
          key={fact}
          name={words.fields[fact]}
          value={shown(side.facts[fact] ?? null, words)}
          differs={differs.has(fact)}
        />
      ))}
      {side.fields.map(({ field, value }) => (
        <Value
          key={field}
          name={fieldName(connection, field)}
          value={shown(value, words)}
          differs={differs.has(field)}
        />
      ))}
    </dl>
  );
}

function Value({ name, value, differs }: { name: string; value: string; differs: boolean }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{differs ? <strong>{value}</strong> : value}</dd>
    </>
  );
}

function Choice({ side, view: { item }, frame }: { side: Side; view: RecordView; frame: Frame }) {
  const { needsYou } = frame.words;
  const named = needsYou.candidate(side.remoteId ?? '');
  const { seen, remoteId, heldBy } = side;
  return (
    <>
      {heldBy === null ? null : (
        <p>
          {needsYou.heldBy}{' '}
          <a href={`/tenants/${encodeURIComponent(heldBy.tenantId)}`}>{needsYou.heldByWho(heldBy.who)}</a>
        </p>
      )}
      <div class="actions">
        {heldBy === null ? (
          <ButtonForm
            does="needs_choose"
            frame={frame}
            with={{ record: item.token, remoteId, same: 'yes', seen }}
            look="main"
            label={needsYou.forAbout(needsYou.useThis, named)}
          >
            {item.cause === 'another_person' ? needsYou.samePerson : needsYou.useThis}
          </ButtonForm>
        ) : null}
        <ButtonForm
          does="needs_choose"
          frame={frame}
          with={{ record: item.token, remoteId, same: 'no', seen }}
          label={needsYou.forAbout(needsYou.somebodyElse, named)}
        >
          {needsYou.somebodyElse}
        </ButtonForm>
      </div>
    </>
  );
}
