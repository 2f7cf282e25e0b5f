/** Forgetting and holding as commands. Each says who asks, for the log of who erased what. */
import { z } from 'zod';
import { type CommandTools, command } from '../command.ts';
import { forgetAgain } from './again.ts';
import { forgetApplicants } from './applicants.ts';
import { forget, type MakeBackup } from './forget.ts';
import { legalHoldCommands } from './legal-hold.ts';

export function forgetCommands(tools: CommandTools, makeBackup: MakeBackup) {
  return {
    forget: command(
      z.object({ tenantId: z.string(), backups: z.boolean(), who: z.string() }),
      (asked) => forget(asked, tools, makeBackup),
      () => 'alone',
      true,
    ),
    /** Before anything else is done with a database that may have been restored. */
    forget_again: command(
      z.object({}),
      () => forgetAgain(tools),
      () => 'alone',
      true,
    ),
    /** For retention. */
    forget_applicants: command(
      z.object({ dryRun: z.boolean() }),
      (asked) => forgetApplicants(asked, tools),
      () => 'alone',
      true,
    ),
    ...legalHoldCommands(tools),
  };
}
