import { existsSync, statSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import type { Instant } from '#app/domain/instant.ts';
import { env, type Env } from '#app/platform/env.ts';
import { createApp, type AppOptions } from '#app/platform/express/create-app.ts';
import { listen, stopListening } from '#app/platform/express/listen.ts';
import type { Logger } from '#app/platform/log.ts';
import { makePlatform } from '#app/platform/make-platform.ts';
import type { Platform } from '#app/platform/request-context.ts';
import { startMoney } from '#app/platform/start-money.ts';
import { headsOf } from '#app/services/audit/audit-heads.ts';
import { startExportTimer } from '#app/services/audit/export-timer.ts';
import { claimDatabase } from '#app/services/claim-database.ts';
import { ensureDemoStaff } from '#app/services/ensure-demo-staff.ts';
import { startSweepTimer } from '#app/services/run-sweep-timer.ts';
import { migrate } from '#db/migrate.ts';
import { openStore } from '#db/store.ts';

/** A running console. */
export interface Console {
  platform: Platform;
  server: Server;
  /** Where it listens: `http://127.0.0.1:3000`. */
  address: string;
  /** Ends what is open, then the store. */
  close(): Promise<void>;
}

const addressOf = (server: Server): string => {
  // A server that listens on a port has an address of this kind.
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
};

/** The sweep's own log lines, counted on their way. */
const countingLog = ({
  log,
  metrics,
  now,
}: Platform): Parameters<typeof startSweepTimer>[0]['log'] => ({
  info: (what, message) => {
    metrics.lastSweepAt = now();
    if ('customers' in what && typeof what.customers === 'number')
      metrics.sweptCustomers += what.customers;
    log.info(what, message);
  },
  error: (what, message) => log.error(what, message),
});

export interface ConsoleOptions extends AppOptions {
  /** Where the migrations lie, if not beside the code that applies them. */
  migrations?: string;
  /** The file that keeps where the audit log ended, if not the one beside the database. */
  auditHeads?: string;
  now?: () => Instant;
  log?: Logger;
}

/** Migrates, opens the store, listens. Rejects where any of it cannot be done. */
export const startConsole = async (settings: Env, options: ConsoleOptions): Promise<Console> => {
  await migrate(settings.DATABASE_URL, { folder: options.migrations });
  const store = await openStore(settings.DATABASE_URL);
  try {
    const platform = makePlatform(settings, store, options);
    await claimDatabase(store, settings.live, platform.now());
    if (settings.demo) await ensureDemoStaff(platform);
    const server = await listen(createApp(platform, options), settings);
    const address = addressOf(server);
    platform.log.info({ address, demo: settings.demo, dialect: store.dialect }, 'listening');
    const sweeps = startSweepTimer({ ...platform, log: countingLog(platform) });
    const money = startMoney(platform);
    const heads = headsOf(settings.DATABASE_URL, settings, options.auditHeads);
    const exports = startExportTimer(platform, heads);
    const close = async (): Promise<void> => {
      platform.changes.close();
      await Promise.all([sweeps.stop(), money.stop()]);
      await stopListening(server);
      // Last of all: it writes down where the audit log has ended.
      await exports.stop();
      await store.close();
    };
    return { platform, server, address, close };
  } catch (error) {
    await store.close();
    throw error;
  }
};

const whyNot = (error: unknown, settings: Env): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${settings.PORT} is in use. Set PORT to a free one, for example PORT=3100.`;
  if (code === 'EACCES') return `Port ${settings.PORT} may not be used by this user. Set PORT.`;
  return error instanceof Error ? error.message : 'unknown reason';
};

/**
 * Customers' records that every user of the machine may read are no start, unless they are the demo's.
 * Throws; names the setting.
 */
const assertPrivate = ({ DATABASE_URL, demo }: Env): void => {
  const path = DATABASE_URL.startsWith('file:') ? DATABASE_URL.slice('file:'.length) : null;
  if (demo || path === null || !existsSync(path)) return;
  const OTHERS_READ = 0o004;
  if ((statSync(path).mode & OTHERS_READ) !== 0)
    throw new Error('DATABASE_URL names a file that everybody may read: chmod 600 it first.');
};

/** The program: runs until it is told to end; a start that fails says why in one line. */
export const runServer = async (options: ConsoleOptions): Promise<void> => {
  const settings = env();
  // Databases hold customers' facts: files of this process are its user's alone.
  process.umask(0o077);
  // V8 would let the heap double and more before it looks for garbage; this costs about 1 % of the time.
  setFlagsFromString('--heap-growing-percent=40');
  try {
    assertPrivate(settings);
    const { close, platform } = await startConsole(settings, options);
    let ending = false;
    const end = (): void => {
      if (ending) return;
      ending = true;
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          platform.log.error({ err: error }, 'ending failed');
          process.exit(1);
        },
      );
    };
    process.on('SIGTERM', end).on('SIGINT', end);
    process.on('uncaughtException', (error) => {
      platform.log.fatal({ err: error }, 'ended by an error that nothing caught');
      process.exit(1);
    });
  } catch (error) {
    process.stderr.write(`Redress did not start: ${whyNot(error, settings)}\n`);
    process.exit(1);
  }
};
