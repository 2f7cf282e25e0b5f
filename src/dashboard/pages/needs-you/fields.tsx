/** The three values of each field that is in question, side by side. */
import type { Frame } from '../../contract.ts';
import { Scroll } from '../../parts/scroll.tsx';
import type { NeedItem } from './item.ts';
import { shown, whomOf } from './words.ts';

export function Fields({ item, frame }: { item: NeedItem; frame: Frame }) {
  const { words, fieldName } = frame;
  const { needsYou } = words;
  const rows = item.cause === 'edited_there' ? item.fields.filter(({ does }) => does === 'ask') : item.fields;
  if (rows.length === 0) return null;
  const caption = item.creates
    ? needsYou.whatBoomPutsThere(item.label)
    : needsYou.fieldsCaption(whomOf(item, words));
  return (
    <Scroll label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{needsYou.field}</th>
            <th scope="col">{needsYou.boomSays}</th>
            {item.creates ? null : (
              <>
                <th scope="col">{needsYou.weWrote}</th>
                <th scope="col">{needsYou.there(item.label)}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, boom, pushed, there }) => (
            <tr key={field}>
              <th scope="row">{fieldName(item.connection, field)}</th>
              <td>{shown(boom, words)}</td>
              {item.creates ? null : (
                <>
                  <td>{shown(pushed, words)}</td>
                  <td>{shown(there, words)}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
