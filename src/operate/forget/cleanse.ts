/** Looks into the bytes of the database for what should be gone, and has it written anew where something stands. */
import { rewriteDatabase, standsInDatabase } from '../../store/leftovers.ts';
import type { Stores } from '../../store/stores.ts';
import type { Needles } from './needles.ts';

/** Whether nothing of the person's stands there now. What somebody else has too is theirs. */
export async function cleanse(
  databaseFile: string,
  { bytes }: Needles,
  { forget }: Pick<Stores, 'forget'>,
): Promise<boolean> {
  const texts: string[] = [];
  for (const { text, words } of bytes) if (!(await forget.isSomebody(words))) texts.push(text);
  if (!(await standsInDatabase(databaseFile, texts))) return true;
  return (await rewriteDatabase(databaseFile)) && !(await standsInDatabase(databaseFile, texts));
}
