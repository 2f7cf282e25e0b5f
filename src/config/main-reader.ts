/** What reads settings of `config/boomsync.yaml`: it resolves their secrets, and keeps their faults. */
import { type Fault, pathText } from './fault.ts';
import type { Environment, Home } from './home.ts';
import type { MainFile } from './schema.ts';
import { resolveSecret } from './secrets.ts';
import type { ParsedYaml } from './yaml-faults.ts';

export interface MainReader {
  /** Null where it was not found: the fault is told already. */
  resolve(reference: string, where: PropertyKey[]): Promise<string | null>;
  fault(where: PropertyKey[], message: string, suggestion?: string | null): void;
}

/** Faults are added to `faults`. */
export function mainReader(
  main: ParsedYaml<MainFile>,
  env: Environment,
  home: Home,
  faults: Fault[],
): MainReader {
  const fault: MainReader['fault'] = (where, message, suggestion = null) => {
    faults.push({
      file: home.mainFile,
      line: main.lineOf(where),
      path: pathText(where),
      message,
      suggestion,
    });
  };
  return {
    fault,
    async resolve(reference, where) {
      const resolved = await resolveSecret(reference, env, home.configDir);
      if ('value' in resolved) return resolved.value;
      fault(where, resolved.message, resolved.suggestion);
      return null;
    },
  };
}
