/** A temporary home with a database: its tables are made once and copied, since a suite needs hundreds. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { migrate, openDatabase } from '../store/database.ts';
import { createStores, type Stores } from '../store/stores.ts';

export interface Home {
  folder: string;
  stores: Stores;
  /** Closes the database and opens it anew, as a process does that was killed and started again. */
  reopen(): Promise<void>;
  /** Leaves the folder and begins with an empty database. */
  forget(): Promise<void>;
  remove(): Promise<void>;
}

export interface Homes {
  open(): Promise<Home>;
  /** Takes out every folder that was made. */
  remove(): void;
}

export async function createHomes(): Promise<Homes> {
  const root = mkdtempSync(join(tmpdir(), 'boomsync-conform-'));
  const template = join(root, 'template.sqlite');
  const knex = await openDatabase(template);
  await migrate(knex);
  // Closing folds the write-ahead log into the file, so that one file is all there is to copy.
  await knex.destroy();
  return {
    open: () => openHome(mkdtempSync(join(root, 'home-')), template),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

async function openHome(folder: string, template: string): Promise<Home> {
  let count = 0;
  const fileNow = () => join(folder, `boomsync-${count}.sqlite`);
  const begin = () => {
    count += 1;
    copyFileSync(template, fileNow());
    return openDatabase(fileNow());
  };
  let knex: Knex = await begin();
  const home: Home = {
    folder,
    stores: createStores(knex),
    async reopen() {
      await knex.destroy();
      knex = await openDatabase(fileNow());
      home.stores = createStores(knex);
    },
    async forget() {
      await knex.destroy();
      knex = await begin();
      home.stores = createStores(knex);
    },
    async remove() {
      await knex.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return home;
}
