#!/usr/bin/env node
import { run } from './cli/program.ts';

// Whoever reads may have seen enough: `boomsync tenants | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await run(process.argv.slice(2));
