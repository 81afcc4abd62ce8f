/*
 * What runs beside a server without a Stripe key, the demo's or another's: a local Stripe, a local product API and a mail server, as far as the
 * settings name no others.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './installed.mjs';

const PROGRAM = ['--import', 'tsx', 'scripts/sandbox/console/main.ts'];

/** Where a server on this machine finds one that listens at `host`. */
export const loopbackOf = (host) => {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::' || host === '[::]') return '[::1]';
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
};

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]', '::1'];

/** Whether only this machine can reach a server with these settings. */
export const staysHere = (host, baseUrl) =>
  LOOPBACK.includes(host) &&
  (!baseUrl || (URL.canParse(baseUrl) && LOOPBACK.includes(new URL(baseUrl).hostname)));

/**
 * Loads the program, for a server that will listen at `consoleUrl`. It ends by itself when this process
 * does, because its input ends then.
 */
export const loadBeside = (consoleUrl) =>
  spawn(process.execPath, [...PROGRAM, consoleUrl], { cwd: root });

/** Lets it begin: the database is there. The settings that the server needs; null where it has failed. */
export async function startBeside(beside) {
  // What it says of wrong settings has been said by then.
  beside.stderr.pipe(process.stderr);
  // It may have ended already: that is told below.
  beside.stdin.on('error', () => undefined).write('begin\n');
  return new Promise((resolve) => {
    createInterface({ input: beside.stdout }).once('line', (line) => resolve(JSON.parse(line)));
    if (beside.exitCode !== null) resolve(null);
    beside.once('exit', () => resolve(null));
  });
}
