import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin } from 'vite';
import remixOptions from './remix.config.js';

/**
 * Makes `app/server.ts` the one entry of the server's bundle. It imports `virtual:remix/server-build`
 * itself, so pages, services and the store's schema exist once in the process, not once per bundle.
 */
const serverEntry = (): Plugin => ({
  name: 'redress-server-entry',
  config: (_config, { isSsrBuild, command }) =>
    command === 'build' && isSsrBuild
      ? { build: { rollupOptions: { input: 'app/server.ts' } } }
      : undefined,
});

export default defineConfig({
  plugins: [tailwindcss(), remix(remixOptions), serverEntry()],
  build: { target: 'es2022', assetsInlineLimit: 0, reportCompressedSize: false },
  // The demo's own data and databases change while the server runs: they are no sources.
  server: { watch: { ignored: ['**/data/**', '**/build/**', '**/tests/**'] } },
});
