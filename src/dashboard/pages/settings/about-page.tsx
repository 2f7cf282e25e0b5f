/** What runs here, and what to send to whoever helps: nothing about anybody is in it. */
import { Fragment } from 'preact';
import { z } from 'zod';
import { packageVersion } from '../../../config/version.ts';
import { diagnosticsText, readDiagnostics } from '../../../operate/diagnostics.ts';
import { type At, type Frame, page } from '../../contract.ts';

const aboutView = z.object({
  version: z.string(),
  node: z.string(),
  database: z.object({
    bytes: z.number(),
    logBytes: z.number(),
    schema: z.string().nullable(),
    migrations: z.number(),
  }),
  files: z.array(z.object({ what: z.string(), count: z.number(), mode: z.string() })),
  connections: z.array(z.object({ label: z.string(), connector: z.string(), mode: z.string() })),
  /** Without names, addresses and keys. */
  text: z.string(),
});
type AboutView = z.output<typeof aboutView>;

export const aboutPage = page({
  name: 'settings_about',
  path: '/settings/about',
  nav: 'settings',
  role: 'owner',
  about: 'What runs here, and a text for whoever helps you that names nobody',
  query: z.object({}),
  view: aboutView,
  read: (_query, at) => readAbout(at),
  title: (_view, words) => words.settings.about,
  body: (view, frame) => (
    <>
      <p>
        <a href="/settings">{frame.words.settings.all}</a>
      </p>
      <Facts view={view} words={frame.words} />
      <Text view={view} words={frame.words} />
    </>
  ),
});

async function readAbout({ config, stores, connections, status }: At): Promise<AboutView> {
  const found = await readDiagnostics({
    version: packageVersion(),
    config,
    stores,
    connections: connections(),
    status: await status(),
  });
  const { version, node, database, files } = found;
  return {
    version,
    node,
    database,
    files,
    connections: connections().map(({ label, connectorId, mode }) => ({
      label,
      connector: connectorId,
      mode,
    })),
    text: diagnosticsText(found),
  };
}

interface Props {
  view: AboutView;
  words: Frame['words'];
}

function Facts({ view, words: { settings } }: Props) {
  const { version, node, database, files, connections } = view;
  return (
    <section class="card">
      <h2>{settings.runs}</h2>
      <dl>
        <dt>boomsync</dt>
        <dd>{version}</dd>
        <dt>Node.js</dt>
        <dd>{node}</dd>
        <dt>{settings.database}</dt>
        <dd>{settings.bytes(database.bytes + database.logBytes)}</dd>
        <dt>{settings.schema}</dt>
        <dd>{database.schema ?? settings.none}</dd>
        {connections.map(({ label, connector, mode }) => (
          <Fragment key={`${label} ${connector}`}>
            <dt>{label}</dt>
            <dd>{settings.connectionIs(connector, mode === 'live')}</dd>
          </Fragment>
        ))}
        {files.map(({ what, count, mode }) => (
          <Fragment key={`${what} ${mode}`}>
            <dt>{what}</dt>
            <dd>{settings.fileMode(count, mode)}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

function Text({ view, words: { settings } }: Props) {
  return (
    <section class="card">
      <h2>{settings.diagnostics}</h2>
      <p>{settings.diagnosticsAbout}</p>
      <pre id="diagnostics">{view.text}</pre>
      <button type="button" hidden data-copies="#diagnostics" data-copied={settings.copied}>
        {settings.copy}
      </button>
    </section>
  );
}
