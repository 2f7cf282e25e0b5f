/** Field by field: what Boom says, what we wrote last, what the PMS shows, with what differs marked. */
import type { Frame } from '../../../contract.ts';
import { dateTime } from '../../../parts/moment.tsx';
import { Table } from '../../../parts/table.tsx';
import { type RecordView, textOf } from '../record.ts';

export function FieldTable({ record, title, frame }: { record: RecordView; title: string; frame: Frame }) {
  const { words, timezone, fieldName } = frame;
  const { tenant } = words;
  const { connection, label, live, seenAt } = record;
  const there =
    live || seenAt === null
      ? tenant.there(label)
      : tenant.thereSeen(label, dateTime(seenAt, timezone, words.locale));
  return (
    <Table
      caption={tenant.fieldsOf(title)}
      heads={[tenant.field, tenant.boomSays, tenant.pushed, there, tenant.becomes]}
    >
      {record.fields.map(({ field, boom, pushed, there: shown, seen, differs }) => (
        <tr key={field} class={differs === 'no' ? undefined : 'changed'}>
          <th scope="row">{fieldName(connection, field)}</th>
          <td>{textOf(boom, words)}</td>
          <td>{textOf(pushed, words)}</td>
          <td>{seen ? textOf(shown, words) : <span class="soft">{tenant.notSeen}</span>}</td>
          <td>{seen || differs !== 'no' ? tenant.differs[differs] : tenant.empty}</td>
        </tr>
      ))}
    </Table>
  );
}
