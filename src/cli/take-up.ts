/** What a command wrote into `config/connections/`: checked, and taken up by the running server. */
import type { Edited } from '../config/edit-connection.ts';
import { ConfigFailure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { readConfig, runningServer } from './home.ts';
import type { Output } from './output.ts';

export function checkEdited(edited: Edited): void {
  if (!edited.ok) throw new ConfigFailure(edited.faults);
}

/** False where no server runs: it counts from the next start. A fault leaves the server with what it had. */
export async function takeUp(output: Output): Promise<boolean> {
  if (runningServer(await readConfig('none')) === null) return false;
  const { reloaded, faults } = await handOver('reload', {}, output);
  if (faults.length > 0) throw new ConfigFailure(faults);
  return reloaded;
}
