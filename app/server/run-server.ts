import { existsSync, statSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import type { Instant } from '#app/lib/instant.ts';
import { env } from '#app/config/env.ts';
import type { Env } from '#app/config/env.ts';
import { createApp } from '#app/server/express/create-app.ts';
import type { AppOptions } from '#app/server/express/create-app.ts';
import { listen, stopListening } from '#app/server/express/listen.ts';
import type { Logger } from '#app/config/log.ts';
import { missingParts } from '#app/config/missing-parts.ts';
import { createPlatform } from '#app/server/create-platform.ts';
import type { Platform } from '#app/web/request-context.ts';
import { runsOnLoopback } from '#app/lib/loopback.ts';
import { findMisnamedVariables } from '#app/config/misnamed-variables.ts';
import { endInTime } from '#app/server/shutdown.ts';
import { startTrimLogJob } from '#app/server/trim-log-job.ts';
import { startJobs } from '#app/server/start-jobs.ts';
import { headsOf } from '#app/services/audit/audit-heads.ts';
import { startExportTimer } from '#app/services/audit/export-timer.ts';
import { compareClocks, startClockWatch } from '#app/services/deployment/clock-skew-job.ts';
import { assertLivemode } from '#app/services/deployment/assert-livemode.ts';
import { firstAdminCommand } from '#app/config/first-admin.ts';
import { seedDemoStaff } from '#app/services/access/seed-demo-staff.ts';
import { checkLog, onLogBehind } from '#app/services/restore/check-audit-heads.ts';
import { startSweepJob } from '#app/services/sweep/sweep-job.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { hasOwnStaff } from '#db/queries/access/staff.ts';
import { openStore } from '#db/store.ts';
import type { Store } from '#db/store-types.ts';
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
const countingLog = ({ log, metrics }: Platform): Parameters<typeof startSweepJob>[0]['log'] => ({
  info: (what, message) => {
    if ('customers' in what && typeof what.customers === 'number')
      metrics.sweptCustomers += what.customers;
    log.info(what, message);
  },
  error: (what, message) => log.error(what, message),
});

/**
 * Milliseconds. Service managers and container engines kill after ten seconds. What is cut off then is in the
 * state of a crash, from which everything here goes on by itself.
 */
const WORK_ENDS_IN = 4_000;
const REST_ENDS_IN = 500;
/** Whatever the rest of it waits for. */
const ENDS_IN = 7_000;

export interface ConsoleOptions extends AppOptions {
  /** Where the migrations lie, if not beside the code that applies them. */
  migrations?: string;
  /** The file that keeps where the audit log ended, if not the one beside the database. */
  auditHeads?: string;
  now?: () => Instant;
  /** What the machine's clock shows, if not what it says itself. */
  machineNow?: () => Instant;
  log?: Logger;
  /** For real money, or not at all: never the demo. */
  production?: boolean;
  /** Throws where the database must not be served with these settings. */
  admit?: (settings: Env) => void;
}

/** Whether it is the demo is for the database to say as well. */
const claimed = async (given: Env, store: Store, options: ConsoleOptions) => {
  const platform = createPlatform(given, store, options);
  // Asked of what is listened on, which the development server has set by itself.
  const onLoopback = runsOnLoopback(given);
  const { demo } = await assertLivemode(platform, { ...given, onLoopback });
  const settings = { ...given, onLoopback, demo };
  return { settings, platform: { ...platform, env: settings } };
};

const warnWithoutStaff = async ({ store, env: { DATABASE_URL }, log }: Platform): Promise<void> => {
  if (await hasOwnStaff(store.read)) return;
  log.warn({ command: firstAdminCommand(DATABASE_URL) }, 'nobody can sign in yet: add an admin');
};

/** Migrates, opens the store, listens. Rejects where any of it cannot be done. */
export const startConsole = async (given: Env, options: ConsoleOptions): Promise<Console> => {
  await migrate(given.DATABASE_URL, { folder: options.migrations });
  const store = await openStore(given.DATABASE_URL);
  try {
    const { settings, platform } = await claimed(given, store, options);
    for (const line of findMisnamedVariables(process.env)) platform.log.warn(line);
    options.admit?.(settings);
    if (settings.demo) await seedDemoStaff(platform);
    else await warnWithoutStaff(platform);
    const clocks = { ...platform, id: platform.money?.owner ?? platform.newId('own') };
    await compareClocks(clocks);
    const heads = headsOf(settings.DATABASE_URL, settings, options.auditHeads);
    await checkLog(platform, heads);
    const server = await listen(createApp(platform, options), settings);
    const address = addressOf(server);
    platform.log.info({ address, demo: settings.demo, dialect: store.dialect }, 'listening');
    if (settings.live || options.production)
      for (const part of missingParts(settings)) platform.log.warn(part);
    const sweeps = startSweepJob({
      ...{ ...platform, log: countingLog(platform) },
      onLooked: () => (platform.metrics.lastSweepAt = platform.now()),
    });
    const trimming = startTrimLogJob(platform);
    const money = startJobs(platform);
    const clockWatch = startClockWatch(clocks);
    const exports = startExportTimer(platform, heads, {
      onBehind: (found) => onLogBehind(platform, heads, found),
    });
    const close = async (): Promise<void> => {
      platform.changes.close();
      const open = await endInTime(
        [
          { name: 'requests', end: () => stopListening(server) },
          { name: 'sweep', end: sweeps.stop },
          { name: 'database log', end: trimming.stop },
          { name: 'money', end: money.stop },
        ],
        WORK_ENDS_IN,
        platform.log,
      );
      // Last of all, what they write at the end: where the audit log has ended, and that nothing is sent.
      const last = [
        { name: 'audit export', end: exports.stop },
        { name: 'clocks', end: clockWatch.stop },
      ];
      for (const rest of [last, [{ name: 'store', end: store.close }]])
        open.push(...(await endInTime(rest, REST_ENDS_IN, platform.log)));
      if (open.length > 0) platform.log.warn({ open }, 'ended without waiting any longer');
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

/** Throws where a production start would be the demo. */
const assertReal = ({ STRIPE_SECRET_KEY: key }: Env, { production }: ConsoleOptions): void => {
  if (production && key === undefined)
    throw new Error(
      'STRIPE_SECRET_KEY is not set. A production start is never the demo: npm start is.',
    );
};

/** Ctrl-C reaches every program of the terminal, and each passes it on: these are one and the same. */
const SAME_SIGNAL = 1_000;

/** Ends the process once it is told to; told a second time, at once. */
const endWhenTold = (close: Console['close'], log: Logger): void => {
  let toldAt: number | null = null;
  const end = (): void => {
    if (toldAt !== null) {
      if (performance.now() - toldAt > SAME_SIGNAL) process.exit(1);
      return;
    }
    toldAt = performance.now();
    setTimeout(() => process.exit(0), ENDS_IN).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'ending failed');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, end);
  // Whoever started it holds the other end, so it does not outlive them, however they end.
  if (process.argv.includes('--end-with-input')) process.stdin.once('close', end).resume();
};

/** The program: runs until it is told to end; a start that fails says why in one line. */
export const runServer = async (options: ConsoleOptions): Promise<void> => {
  const settings = env();
  // Databases hold customers' facts: files of this process are its user's alone.
  process.umask(0o077);
  // V8 would let the heap double and more before it looks for garbage; this costs about 1 % of the time.
  setFlagsFromString('--heap-growing-percent=40');
  try {
    assertReal(settings, options);
    const { close, platform } = await startConsole(settings, { ...options, admit: assertPrivate });
    endWhenTold(close, platform.log);
    process.on('uncaughtException', (error) => {
      platform.log.fatal({ err: error }, 'ended by an error that nothing caught');
      process.exit(1);
    });
  } catch (error) {
    process.stderr.write(`Redress did not start: ${whyNot(error, settings)}\n`);
    process.exit(1);
  }
};
