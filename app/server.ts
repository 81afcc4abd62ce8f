// First of all: the dialect of the store is chosen while the modules below load.
import '#app/config/env-file.ts';
import { fileURLToPath } from 'node:url';
import { createRequestHandler } from '@remix-run/node';
import * as build from 'virtual:remix/server-build';
import { runServer } from '#app/server/run-server.ts';
import { dialect } from '#db/dialect/dialect.ts';
import type { PageHandler } from '#app/server/express/pages.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const remix = createRequestHandler(build, 'production');
/** The pages of the console. */
export const handle: PageHandler = (request, context) => remix(request, { ...context });
/** Where the built assets lie, seen from the bundle. */
export const assets = here('../client/assets');
/** Where the migrations lie, seen from the bundle. */
export const migrations = here(`../../db/migrations/${dialect}`);

// Tests import the bundle and start servers of their own.
export { startConsole } from '#app/server/run-server.ts';
export { parseEnv } from '#app/config/env.ts';
export { createLog } from '#app/config/log.ts';

/** Runs for real money, or says why it does not. */
export const startProduction = (): Promise<void> =>
  runServer({ handle, assets, migrations, production: true });

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runServer({ handle, assets, migrations });
