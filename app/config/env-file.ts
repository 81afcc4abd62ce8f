/**
 * Reads `.env` of the working directory, if there is one, and checks the settings. Imported first by
 * every program, because the dialect of the store is chosen while modules load. What the shell has set
 * already wins.
 */
import { existsSync } from 'node:fs';
import { exit, loadEnvFile, stderr } from 'node:process';
import { env, EnvError } from '#app/config/env.ts';

if (existsSync('.env')) loadEnvFile('.env');

try {
  env();
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  stderr.write(`${error.message}\n`);
  exit(1);
}
