/*
 * `npm run start:production`: the console for real money, out of what is there. Installs nothing, builds
 * nothing, never becomes the demo; needs the packages of `npm ci --omit=dev` and a build. The server runs in
 * this very process, so whoever started it has its signals and its exit status.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireNode, root } from './installed.mjs';

const BUNDLE = join(root, 'build/server/index.js');
const ASSETS = join(root, 'build/client/assets');

function stop(message) {
  console.error(`Redress did not start: ${message}`);
  process.exit(1);
}

/** The package that was not found, of Node's own message. */
const packageIn = (message) => /Cannot find package '([^']+)'/.exec(message)?.[1];

requireNode();
process.chdir(root);
process.env.NODE_ENV = 'production';
if (!existsSync(BUNDLE) || !existsSync(ASSETS))
  stop('there is no build. Run npm ci && npm run build, here or elsewhere, and have build/ here.');
let server;
try {
  server = await import(pathToFileURL(BUNDLE).href);
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  stop(`the package ${packageIn(error.message) ?? ''} is not installed: npm ci --omit=dev.`);
}
await server.startProduction();
