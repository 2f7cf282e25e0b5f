/** One record of a preview: whom it is about, and what differs in which field. */

import type { Frame } from '../../contract.ts';
import { Table } from '../../parts/table.tsx';
import type { PreviewedView } from './preview-read.ts';

interface Props {
  record: PreviewedView;
  /** The connection's, and what it is called. */
  name: string;
  label: string;
  frame: Frame;
}

export function PreviewedRecord({ record, name, label, frame }: Props) {
  const { connection, frame: around } = frame.words;
  const who = record.unit === null ? record.who : around.unitOf(record.who, record.unit);
  return (
    <section class="card">
      <h2>
        <a href={`/tenants/${encodeURIComponent(record.tenantId)}`}>{who}</a>
      </h2>
      <p>{record.parked ? connection.parked : connection.does[record.does]}</p>
      {record.fields.length === 0 ? null : (
        <Fields record={record} who={who} name={name} label={label} frame={frame} />
      )}
      {record.decision === null ? null : (
        <p>{connection.decision(record.decision.from, record.decision.to)}</p>
      )}
      {record.notes.map((text) => (
        <p key={text}>{connection.note(text)}</p>
      ))}
    </section>
  );
}

function Fields({ record, who, name, label, frame }: Props & { who: string }) {
  const { connection } = frame.words;
  const caption = connection.fieldTable(who, label);
  return (
    <Table
      caption={caption}
      heads={[
        connection.field,
        connection.boomSays,
        connection.lastPushed,
        connection.thereNow(label),
        connection.becomes,
      ]}
    >
      {record.fields.map(({ field, boom, pushed, there, does }) => (
        <tr key={field} class={does === 'keep' ? undefined : 'changed'}>
          <th scope="row">{frame.fieldName(name, field)}</th>
          <td>{shown(boom, connection.nothing)}</td>
          <td>{shown(pushed, connection.nothing)}</td>
          <td>{shown(there, connection.nothing)}</td>
          <td>{connection.fieldDoes[does]}</td>
        </tr>
      ))}
    </Table>
  );
}

function shown(value: string | number | boolean | null | undefined, nothing: string): string {
  return value === undefined || value === null || value === '' ? nothing : String(value);
}
