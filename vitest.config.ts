import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Services and pages run on both databases: the same files, twice. */
const onBoth = [
  ...['services', 'pages', 'web', 'server', 'config', 'ui', 'db', 'integrations'],
  ...['sandbox', 'commands', 'reliability'],
].map((part) => `tests/${part}/**/*.test.{ts,tsx}`);

export default defineConfig({
  test: {
    // One worker a core: many tests wait for a child process or a server, not for this one.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        test: {
          name: 'domain',
          include: ['domain', 'lib', 'architecture'].map(
            (part) => `tests/${part}/**/*.test.{ts,tsx}`,
          ),
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'services-sqlite',
          include: onBoth,
          env: { DATABASE_URL: 'file:template' },
          globalSetup: ['tests/support/sqlite-template.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'services-postgres',
          include: onBoth,
          env: { DATABASE_URL: 'postgres://template' },
          globalSetup: ['tests/support/postgres-server.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          // Each file runs a console and a browser of its own, after all else: what a person waits for
          // is not measured beside other tests.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
