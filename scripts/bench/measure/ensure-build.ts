import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const BUNDLE = 'build/server/index.js';
const SOURCES = ['app', 'db', 'vite.config.ts', 'remix.config.js', 'package-lock.json'];

/** When the newest of these files was changed, in epoch ms; folders are searched. */
function newestOf(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestOf(join(path, name))));
}

/** Builds for production unless the build is newer than all that goes into it. Throws where that fails. */
export function ensureBuild(say: (what: string) => void): void {
  const built = existsSync(BUNDLE) ? statSync(BUNDLE).mtimeMs : 0;
  if (built >= Math.max(...SOURCES.map(newestOf))) return;
  say('building for production');
  execFileSync('npm', ['run', '--silent', 'build', '--', '--logLevel', 'error'], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
