/** The switch between showing and writing. */
import type { Frame } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import type { ConnectionView } from './read.ts';

export function Mode({ view: { name, label, mode, able }, frame }: { view: ConnectionView; frame: Frame }) {
  const { connection } = frame.words;
  return (
    <section class="card">
      <h2>{connection.mode}</h2>
      <p>{mode === 'preview' ? connection.inPreview(label) : connection.isLive(label)}</p>
      <div class="actions">
        <a
          class={mode === 'preview' ? 'button main' : 'button'}
          href={`/connections/${encodeURIComponent(name)}/preview`}
        >
          {connection.look}
        </a>
        {able?.units && frame.who.role === 'owner' ? (
          <a class="button" href={`/setup/connection/${encodeURIComponent(name)}/units`}>
            {connection.units}
          </a>
        ) : null}
        {mode === 'live' && frame.who.role === 'owner' ? (
          <ButtonForm does="back_to_preview" with={{ name }} frame={frame}>
            {connection.backToPreview}
          </ButtonForm>
        ) : null}
      </div>
    </section>
  );
}
