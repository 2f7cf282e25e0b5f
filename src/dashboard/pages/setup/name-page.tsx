/** Step 2: what it is called, and where it is. */
import { z } from 'zod';
import { shippedManifests } from '../../../connect/catalogue.ts';
import { page } from '../../contract.ts';
import { Form } from '../../parts/form.tsx';

const nameView = z.object({
  connector: z.string(),
  label: z.string(),
  /** Names of its servers, the first its default; none: the landlord names the address, or it has none. */
  servers: z.array(z.string()),
  needsAddress: z.boolean(),
  byHand: z.boolean(),
});

export const nameConnectionPage = page({
  name: 'setup_connection_name',
  path: '/setup/connection/name',
  nav: 'connections',
  role: 'owner',
  about: 'What a new connection needs to be told before its key',
  query: z.object({ connector: z.string() }),
  view: nameView,
  async read({ connector }) {
    const manifest = shippedManifests().find(({ id }) => id === connector);
    if (manifest === undefined || manifest.capabilities.local) return null;
    const servers = Object.keys(manifest.servers);
    const { byHand } = manifest.capabilities;
    return {
      connector,
      label: manifest.label,
      servers,
      needsAddress: servers.length === 0 && !byHand,
      byHand,
    };
  },
  title: ({ label }, words) => words.setup.nameTitle(label),
  body: ({ connector, servers, needsAddress, byHand }, frame) => {
    const { setup } = frame.words;
    return (
      <section class="card">
        <p class="soft">{setup.step(2, setup.nameStep)}</p>
        <Form does="begin_connection" with={{ connector }} frame={frame}>
          <label>
            {setup.name}
            <input
              name="name"
              required
              maxLength={60}
              pattern="[A-Za-z0-9][A-Za-z0-9_\-]*"
              autocomplete="off"
              aria-describedby="name-help"
            />
          </label>
          <p id="name-help" class="soft small">
            {setup.nameHelp}
          </p>
          {byHand ? (
            <label>
              {setup.label}
              <input name="label" maxLength={60} autocomplete="off" />
            </label>
          ) : null}
          {servers.length > 1 ? (
            <label>
              {setup.server}
              <select name="server">
                {servers.map((server) => (
                  <option key={server}>{server}</option>
                ))}
              </select>
            </label>
          ) : null}
          {needsAddress ? (
            <>
              <label>
                {setup.serverAddress}
                <input name="server" type="url" required autocomplete="off" aria-describedby="server-help" />
              </label>
              <p id="server-help" class="soft small">
                {setup.serverHelp}
              </p>
            </>
          ) : null}
          <button type="submit" class="main">
            {setup.go}
          </button>
        </Form>
      </section>
    );
  },
});
