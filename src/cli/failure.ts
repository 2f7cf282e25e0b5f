/** What ends a command: said in one place, with what to do. */
import { type Fault, formatFaults } from '../config/fault.ts';

/** 1 failed, 2 wrong usage; `status` also 3 needs you and 4 stopped. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** Where a command reports an exit code other than 0. */
export interface Exit {
  code: ExitCode;
}

export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: string;
  readonly remedy: string;
  readonly exitCode: ExitCode;

  constructor(code: string, message: string, remedy: string, exitCode: ExitCode = 1) {
    super(message);
    this.code = code;
    this.remedy = remedy;
    this.exitCode = exitCode;
  }
}

export class ConfigFailure extends Failure {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(
      'config',
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}`,
      'Mend what is listed, then check with: npx boomsync config check',
    );
    this.faults = faults;
  }

  list(): string {
    return formatFaults(this.faults);
  }
}
