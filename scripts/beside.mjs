/*
 * What runs beside the demo's server: a local Stripe, a local product API and a mail server, as far as the
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

/**
 * Starts it for a server that will listen at `consoleUrl`. It ends by itself when this process does,
 * because its input ends then. Answers the process and the settings that the server needs; null where it
 * did not start, and has said why.
 */
export async function startBeside(consoleUrl) {
  const beside = spawn(process.execPath, [...PROGRAM, consoleUrl], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const settings = await new Promise((resolve) => {
    createInterface({ input: beside.stdout }).once('line', (line) => resolve(JSON.parse(line)));
    beside.once('exit', () => resolve(null));
  });
  return settings && { beside, settings };
}
