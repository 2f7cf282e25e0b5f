/** Backups, tested, and how long what is no longer needed stays. */
import { z } from 'zod';
import { type Frame, page } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Table } from '../../parts/table.tsx';
import { type BackupView, backupView, readBackupView } from './backup-read.ts';

interface Props {
  view: BackupView;
  frame: Frame;
}

export const backupPage = page({
  name: 'settings_backup',
  path: '/settings/backup',
  nav: 'settings',
  role: 'owner',
  about: 'The backups there are, how the last went, and how long what is no longer needed is kept',
  query: z.object({}),
  view: backupView,
  read: (_query, at) => readBackupView(at),
  title: (_view, words) => words.settings.backup,
  body: (view, frame) => (
    <>
      <p>
        <a href="/settings">{frame.words.settings.all}</a>
      </p>
      <State view={view} frame={frame} />
      <Files view={view} frame={frame} />
      <Restore view={view} frame={frame} />
      <Retention view={view} frame={frame} />
    </>
  ),
});

function State({ view, frame }: Props) {
  const { settings } = frame.words;
  const { on, overdue, failure, lastVerifiedAt, nextAt, folder, keep, encrypted } = view;
  return (
    <section class="card">
      <h2>{settings.howItStands}</h2>
      {overdue ? <p class="fault">{settings.overdue}</p> : null}
      {failure === null ? null : (
        <p class="fault">
          {settings.lastFailed} <Moment at={failure.at} frame={frame} />:{' '}
          {settings.backupFaults[failure.kind].join(' ')}
        </p>
      )}
      {on ? null : <p class="fault">{settings.backupOff}</p>}
      <dl>
        <dt>{settings.lastChecked}</dt>
        <dd>
          {lastVerifiedAt === null ? settings.noneYet : <Moment at={lastVerifiedAt} frame={frame} exact />}
        </dd>
        <dt>{settings.nextBackup}</dt>
        <dd>{nextAt === null ? settings.onlyAsked : <Moment at={nextAt} frame={frame} exact />}</dd>
        <dt>{settings.where}</dt>
        <dd>
          {folder}. {encrypted ? settings.encrypted : settings.notEncrypted}
        </dd>
        <dt>{settings.kept}</dt>
        <dd>{settings.keeps(keep.daily, keep.weekly)}</dd>
      </dl>
      <ButtonForm does="backup_now" frame={frame} look="main">
        {settings.backupNow}
      </ButtonForm>
    </section>
  );
}

function Files({ view: { files, tried }, frame }: Props) {
  const { settings } = frame.words;
  if (files.length === 0) return <p>{settings.noBackups}</p>;
  return (
    <section>
      <h2>{settings.backups}</h2>
      <Tried tried={tried} frame={frame} />
      <Table
        caption={settings.backups}
        heads={[settings.made, settings.size, settings.state, settings.testBackup]}
      >
        {files.map(({ name, at, bytes, verified, encrypted }) => (
          <tr key={name}>
            <th scope="row">
              <Moment at={at} frame={frame} exact />
              <br />
              <span class="soft small">{name}</span>
            </th>
            <td class="number">{settings.bytes(bytes)}</td>
            <td>
              {verified ? settings.verified : settings.byUpgrade}
              {encrypted ? `, ${settings.isEncrypted}` : ''}
            </td>
            <td>
              <ButtonForm
                does="test_backup"
                with={{ file: name }}
                frame={frame}
                label={settings.testThisLabel(name)}
              >
                {settings.testThis}
              </ButtonForm>
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function Tried({ tried: { underWay, last }, frame }: { tried: BackupView['tried']; frame: Frame }) {
  const { settings } = frame.words;
  if (underWay !== null) return <p>{settings.testing(underWay)}</p>;
  if (last === null) return null;
  return (
    <p class={last.fault === null ? '' : 'fault'}>
      {last.fault === null
        ? settings.triedWell(last.file)
        : `${settings.triedBadly(last.file)} ${settings.backupFaults[last.fault].join(' ')}`}{' '}
      <Moment at={last.at} frame={frame} />
    </p>
  );
}

function Restore({ view: { files }, frame: { words } }: Props) {
  const { settings } = words;
  return (
    <section class="card">
      <h2>{settings.restore}</h2>
      <p>{settings.restoreStop}</p>
      <pre>npx boomsync restore {files[0]?.name ?? settings.aFile}</pre>
      <p>{settings.restoreThen}</p>
      <p>{settings.notInIt}</p>
    </section>
  );
}

function Retention({ view: { retention }, frame }: Props) {
  const { settings } = frame.words;
  const { on, lastAt, failedAt, last, keptDays } = retention;
  return (
    <section class="card">
      <h2>{settings.retention}</h2>
      <ul class="plain-list">
        {(['bodies', 'failedBodies', 'attempts', 'decisions'] as const).map((what) => (
          <li key={what}>
            {settings.keptWhat[what]}: <strong>{settings.keptFor(keptDays[what])}</strong>
          </li>
        ))}
      </ul>
      <p>
        {settings.lastRun}: {lastAt === null ? settings.noneYet : <Moment at={lastAt} frame={frame} exact />}
        {last === null ? '' : `. ${settings.removedThen(last.bodies, last.attempts)}`}
      </p>
      {on ? null : <p>{settings.retentionOff}</p>}
      {failedAt === null ? null : (
        <p class="fault">
          {settings.retentionFailed} <Moment at={failedAt} frame={frame} />
        </p>
      )}
      <p class="soft small">{settings.retentionHow}</p>
    </section>
  );
}
