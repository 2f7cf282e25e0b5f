/** What a channel that was drawn up would write, and what taking one away would. */
import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { drawUpRemoval } from '../../../config/edit-alerts.ts';
import { type Frame, page } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { FileChange } from './file-change.tsx';
import { pending } from './pending.ts';

const changeView = z.object({
  /** Of what was drawn up. */
  id: z.string(),
  channel: z.string(),
  before: z.string(),
  after: z.string(),
  /** Files in `config/secrets/` that would be made, or deleted; never what they hold. */
  files: z.array(z.string()),
});

export const alertChangePage = page({
  name: 'settings_alert_change',
  path: '/settings/alerts/change/:id',
  nav: 'settings',
  role: 'owner',
  about: 'What a channel that was drawn up would write into config/boomsync.yaml; no key is ever in it',
  query: z.object({ id: z.string() }),
  view: changeView,
  async read({ id }, at) {
    const change = pending(id, at);
    if (change === null) return null;
    const { channel, before, after, secrets } = change;
    const files = Object.keys(secrets).map((name) => `config/secrets/${name}`);
    return { id, channel: channel.name, before, after, files };
  },
  title: (_view, words) => words.settings.changeTitle,
  body: (view, frame) => {
    const { settings } = frame.words;
    const { id, channel, files } = view;
    return (
      <Change view={view} frame={frame} about={settings.changeAbout} filesAbout={settings.secretFiles(files)}>
        <ButtonForm does="try_new_alert" with={{ id }} frame={frame} label={settings.testLabel(channel)}>
          {settings.test}
        </ButtonForm>
        <ButtonForm does="write_alert" with={{ id }} frame={frame} look="main">
          {settings.writeIt}
        </ButtonForm>
      </Change>
    );
  },
});

export const alertRemovePage = page({
  name: 'settings_alert_remove',
  path: '/settings/alerts/remove/:channel',
  nav: 'settings',
  role: 'owner',
  about: 'What taking a channel away would write into config/boomsync.yaml',
  query: z.object({ channel: z.string() }),
  view: changeView.omit({ id: true }),
  async read({ channel }, at) {
    const removal = await drawUpRemoval(at.config.configDir, channel);
    if (removal === null || 'faults' in removal) return null;
    const { before, after, references } = removal;
    return { channel, before, after, files: references.map((one) => one.replace(/^file:/, 'config/')) };
  },
  title: ({ channel }, words) => words.settings.takeAway(channel),
  body: (view, frame) => {
    const { settings } = frame.words;
    const { channel, files } = view;
    return (
      <Change
        view={view}
        frame={frame}
        about={settings.removeAbout}
        filesAbout={settings.secretFilesGo(files)}
      >
        <ButtonForm does="remove_alert" with={{ channel }} frame={frame} look="danger">
          {settings.takeAway(channel)}
        </ButtonForm>
      </Change>
    );
  },
});

interface ChangeProps {
  view: Pick<z.output<typeof changeView>, 'before' | 'after' | 'files'>;
  frame: Frame;
  about: string;
  filesAbout: string;
  /** The buttons. */
  children: ComponentChildren;
}

function Change({ view: { before, after, files }, frame, about, filesAbout, children }: ChangeProps) {
  return (
    <>
      <p>
        <a href="/settings/alerts">{frame.words.settings.toAlerts}</a>
      </p>
      <p>{about}</p>
      {files.length === 0 ? null : <p>{filesAbout}</p>}
      <FileChange before={before} after={after} words={frame.words} />
      <div class="actions">{children}</div>
    </>
  );
}
