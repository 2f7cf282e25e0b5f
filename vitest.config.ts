import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => ({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: mode === 'nightly' ? 600_000 : 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
}));
