/** Step 4: the whole file, before it is one of the connections. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { draftFile } from '../../../config/drafts.ts';
import { page } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { readDraft } from './draft.ts';

export const filePage = page({
  name: 'setup_connection_file',
  path: '/setup/connection/:name/file',
  nav: 'connections',
  role: 'owner',
  about: 'The file of a connection that is being set up; secrets stand elsewhere',
  query: z.object({ name: z.string() }),
  view: z.object({
    name: z.string(),
    /** From the home. */
    file: z.string(),
    text: z.string(),
  }),
  async read({ name }, at) {
    const found = await readDraft(name, at);
    if (found === null || !found.draft) return null;
    const text = await readFile(draftFile(at.config.configDir, name), 'utf8');
    return { name, file: `config/connections/${name}.yaml`, text };
  },
  title: ({ name }, words) => words.setup.fileTitle(name),
  body: ({ name, file, text }, frame) => {
    const { setup } = frame.words;
    return (
      <section class="card">
        <p class="soft">{setup.step(4, setup.fileStep)}</p>
        <p>{setup.fileText(file)}</p>
        <pre>{text}</pre>
        <ButtonForm does="write_connection" with={{ name }} frame={frame} look="main">
          {setup.write}
        </ButtonForm>
      </section>
    );
  },
});
