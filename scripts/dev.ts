/**
 * `npm run dev`: the console on 127.0.0.1 with its sources served as they are edited. Everything, the
 * server's own parts included, is loaded through the same compiler, so it exists once.
 */
import '#app/config/env-file.ts';
import { createServer as createHttpServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createRequestHandler, type ServerBuild } from '@remix-run/node';
import { createServer } from 'vite';
import type * as Settings from '#app/config/env.ts';
import type * as RunServer from '#app/server/run-server.ts';

if (process.argv.includes('--help')) {
  process.stdout.write(
    'npm run dev: the console with hot reload. PORT, DATABASE_URL as for npm start.\n',
  );
  process.exit(0);
}

process.env['NODE_ENV'] ??= 'development';
const hotReload = createHttpServer();
const vite = await createServer({
  root: fileURLToPath(new URL('..', import.meta.url)),
  server: { middlewareMode: true, host: '127.0.0.1', hmr: { server: hotReload } },
  appType: 'custom',
});

// What the compiler hands out is untyped; these are the modules' own types.
const { startConsole } = (await vite.ssrLoadModule(
  '/app/server/run-server.ts',
)) as typeof RunServer;
const { env } = (await vite.ssrLoadModule('/app/config/env.ts')) as typeof Settings;

const remix = createRequestHandler(
  async () => (await vite.ssrLoadModule('virtual:remix/server-build')) as ServerBuild,
  'development',
);

const running = await startConsole(
  { ...env(), HOST: '127.0.0.1' },
  {
    handle: (request, context) => remix(request, { ...context }),
    assets: 'build/client/assets',
    development: vite.middlewares,
  },
);
running.server.on('upgrade', (...upgrade) => hotReload.emit('upgrade', ...upgrade));
process.stdout.write(`Redress, in development: ${running.address}\n`);

const end = (): void => {
  void Promise.all([running.close(), vite.close()]).then(() => process.exit(0));
};
process.on('SIGTERM', end).on('SIGINT', end);
