/** What a channel that was drawn up would write, and what taking one away would. */
import { z } from 'zod';
import { drawUpRemoval } from '../../../config/edit-alerts.ts';
import { page } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { FileChange } from './file-change.tsx';
import { pending } from './pending.ts';

const changeView = z.object({
  /** Of what was drawn up. */
  id: z.string(),
  channel: z.string(),
  before: z.string(),
  after: z.string(),
  /** Files in `config/secrets/` that would be made; never what they hold. */
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
  body: ({ id, channel, before, after, files }, frame) => {
    const { settings } = frame.words;
    return (
      <>
        <p>
          <a href="/settings/alerts">{settings.toAlerts}</a>
        </p>
        <p>{settings.changeAbout}</p>
        {files.length === 0 ? null : <p>{settings.secretFiles(files)}</p>}
        <FileChange before={before} after={after} words={frame.words} />
        <div class="actions">
          <ButtonForm does="try_new_alert" with={{ id }} frame={frame} label={settings.testLabel(channel)}>
            {settings.test}
          </ButtonForm>
          <ButtonForm does="write_alert" with={{ id }} frame={frame} look="main">
            {settings.writeIt}
          </ButtonForm>
        </div>
      </>
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
  body: ({ channel, before, after, files }, frame) => {
    const { settings } = frame.words;
    return (
      <>
        <p>
          <a href="/settings/alerts">{settings.toAlerts}</a>
        </p>
        <p>{settings.removeAbout}</p>
        {files.length === 0 ? null : <p>{settings.secretFilesGo(files)}</p>}
        <FileChange before={before} after={after} words={frame.words} />
        <ButtonForm does="remove_alert" with={{ channel }} frame={frame} look="danger">
          {settings.takeAway(channel)}
        </ButtonForm>
      </>
    );
  },
});
