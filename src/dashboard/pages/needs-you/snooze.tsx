/** To hear nothing of it for a while, or for good, and to say why. */
import type { Frame } from '../../contract.ts';
import { Form } from '../../parts/form.tsx';
import type { NeedItem } from './item.ts';
import { whomOf } from './words.ts';

export function Snooze({ item, frame }: { item: NeedItem; frame: Frame }) {
  const { words } = frame;
  const { needsYou } = words;
  return (
    <details>
      <summary aria-label={needsYou.forAbout(needsYou.snooze, whomOf(item, words))}>
        {needsYou.snooze}
      </summary>
      <Form does="needs_quiet" frame={frame} with={{ record: item.token }} class="filters">
        <HowLong words={words} />
        <button type="submit" aria-label={needsYou.forAbout(needsYou.snooze, whomOf(item, words))}>
          {needsYou.snooze}
        </button>
      </Form>
    </details>
  );
}

export function HowLong({ words: { needsYou } }: Pick<Frame, 'words'>) {
  return (
    <>
      <label>
        {needsYou.snoozeFor}
        <select name="days">
          {(['1', '7', '30', '0'] as const).map((days) => (
            <option key={days} value={days}>
              {needsYou.days[days]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {needsYou.why}
        <input name="why" maxLength={500} autocomplete="off" />
      </label>
    </>
  );
}
