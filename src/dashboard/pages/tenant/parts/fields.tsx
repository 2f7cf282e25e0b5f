/** Field by field: what Boom says, what we wrote last, what the PMS shows, with what differs marked. */
import type { Frame } from '../../../contract.ts';
import { dateTime } from '../../../parts/moment.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { type RecordView, textOf } from '../record.ts';

export function FieldTable({ record, title, frame }: { record: RecordView; title: string; frame: Frame }) {
  const { words, timezone } = frame;
  const { tenant } = words;
  const { label, live, seenAt } = record;
  const there =
    live || seenAt === null
      ? tenant.there(label)
      : tenant.thereSeen(label, dateTime(seenAt, timezone, words.locale));
  return (
    <Scroll label={tenant.fieldsOf(title)}>
      <table>
        <caption>{tenant.fieldsOf(title)}</caption>
        <thead>
          <tr>
            <th scope="col">{tenant.field}</th>
            <th scope="col">{tenant.boomSays}</th>
            <th scope="col">{tenant.pushed}</th>
            <th scope="col">{there}</th>
            <th scope="col">{tenant.becomes}</th>
          </tr>
        </thead>
        <tbody>
          {record.fields.map(({ field, boom, pushed, there: shown, seen, differs }) => (
            <tr key={field} class={differs === 'no' ? undefined : 'changed'}>
              <th scope="row">{field}</th>
              <td>{textOf(boom, words)}</td>
              <td>{textOf(pushed, words)}</td>
              <td>{seen ? textOf(shown, words) : <span class="soft">{tenant.notSeen}</span>}</td>
              <td>{seen || differs !== 'no' ? tenant.differs[differs] : tenant.empty}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
