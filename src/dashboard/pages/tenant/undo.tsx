/** What taking one write back would do, before it is done. */

import { z } from 'zod';
import type { Refused } from '../../../operate/command.ts';
import { fieldValue } from '../../../operate/records.ts';
import type { UndoResult } from '../../../operate/undo.ts';
import { type At, type Frame, page } from '../../contract.ts';
import { whole } from '../../forms.ts';
import { nameOf } from '../../names.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { dateTime } from '../../parts/moment.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { attemptView, historyEntry } from './history.ts';
import { textOf } from './record.ts';

const undoQuery = z.object({ id: z.string(), attempt: whole.positive() });

const undoView = z.object({
  tenantId: z.string(),
  name: z.string(),
  attempt: historyEntry.options[1],
  /** Why nothing can be asked; null: it can. */
  refused: z.string().nullable(),
  writes: z.array(
    z.object({
      result: z.enum(['would', 'done', 'edited', 'by_hand', 'failed']),
      fields: z.array(z.object({ field: z.string(), from: fieldValue, to: fieldValue })),
      edited: z.array(z.string()),
      message: z.string().nullable(),
      remedy: z.string().nullable(),
    }),
  ),
});
type UndoView = z.output<typeof undoView>;

export const undoPage = page({
  name: 'tenant_undo',
  path: '/tenants/:id/undo/:attempt',
  nav: 'tenants',
  role: 'owner',
  about: 'What taking one write back would do; nothing is written',
  query: undoQuery,
  view: undoView,
  read: readUndo,
  title: (_view, { tenant }) => tenant.undoTitle,
  body: (view, frame) => <Undo view={view} frame={frame} />,
});

async function readUndo(
  { id, attempt: attemptId }: z.output<typeof undoQuery>,
  at: At,
): Promise<UndoView | null> {
  const { stores, commands, connections, words } = at;
  const [row, attempt] = [await stores.tenants.get(id), await stores.attempts.get(attemptId)];
  if (row === null || attempt === null || attempt.tenantId !== row.record.id) return null;
  const asked = { attemptIds: [attemptId], since: null, connection: null, dryRun: true };
  const found = (await commands.run('undo', asked)) as UndoResult | Refused;
  return {
    tenantId: row.record.id,
    name: nameOf(row.record.person, words),
    attempt: attemptView(attempt, connections()),
    refused: 'error' in found ? found.error : null,
    writes:
      'error' in found
        ? []
        : found.writes.map(({ result, fields, edited, message, remedy }) => ({
            result,
            fields,
            edited,
            message,
            remedy,
          })),
  };
}

function Undo({ view, frame }: { view: UndoView; frame: Frame }) {
  const { words, timezone } = frame;
  const { tenant } = words;
  const { attempt, writes, refused } = view;
  const path = `/tenants/${encodeURIComponent(view.tenantId)}`;
  const can = writes.some(({ result }) => result === 'would');
  // What only a person can take back is held as well, so that it is not sent again meanwhile.
  const holds = writes.some(({ result }) => result === 'by_hand');
  const when = dateTime(attempt.at, timezone, words.locale);
  return (
    <section class="card">
      <p>{tenant.undoAbout(tenant.tried[attempt.action], attempt.label, when)}</p>
      {refused === null ? null : <p>{refused}</p>}
      {writes.map((write) => (
        <Write write={write} attempt={attempt} frame={frame} />
      ))}
      {can || holds ? (
        <>
          <p>{tenant.undoHeld}</p>
          <ButtonForm
            does="tenant_undo"
            frame={{ ...frame, here: path }}
            with={{ tenantId: view.tenantId, attemptId: attempt.attemptId }}
            look={can ? 'danger' : 'plain'}
          >
            {can ? tenant.undoDo : tenant.undoHold}
          </ButtonForm>
        </>
      ) : (
        <p>{tenant.undoNothing}</p>
      )}
      <p>
        <a href={path}>{tenant.backTo(view.name)}</a>
      </p>
    </section>
  );
}

function Write({
  write,
  attempt,
  frame,
}: {
  write: UndoView['writes'][number];
  attempt: UndoView['attempt'];
  frame: Frame;
}) {
  const { words, fieldName } = frame;
  const { tenant } = words;
  const { connection, label } = attempt;
  const { fields, edited, message, remedy, result } = write;
  return (
    <>
      {result === 'would' ? <p>{tenant.undoWould}</p> : <p>{tenant.undoResult[result]}</p>}
      {fields.length === 0 ? null : (
        <Scroll label={tenant.undoTitle}>
          <table>
            <caption>{tenant.there(label)}</caption>
            <thead>
              <tr>
                <th scope="col">{tenant.field}</th>
                <th scope="col">{tenant.was}</th>
                <th scope="col">{tenant.becomesAgain}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map(({ field, from, to }) => (
                <tr key={field}>
                  <th scope="row">{fieldName(connection, field)}</th>
                  <td>{textOf(from, words)}</td>
                  <td>{textOf(to, words)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {edited.length === 0 ? null : (
        <p>{tenant.undoEdited(edited.map((field) => fieldName(connection, field)).join(', '))}</p>
      )}
      {message === null ? null : <p>{message}</p>}
      {remedy === null ? null : <p>{remedy}</p>}
    </>
  );
}
