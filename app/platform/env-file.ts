/**
 * Reads `.env` of the working directory, if there is one. Imported first by every program, because the
 * dialect of the store is chosen while modules load. What the shell has set already wins.
 */
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';

if (existsSync('.env')) loadEnvFile('.env');
