import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
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

const ASSETS = 'build/client/assets';

/**
 * Compresses what browsers will load, once, beside the files: compressing each answer anew would cost
 * more than making the page. Runs after the server's bundle, the last that adds to the assets.
 */
const compressedAssets = (): Plugin => ({
  name: 'redress-compressed-assets',
  apply: (_config, { command, isSsrBuild }) => command === 'build' && isSsrBuild === true,
  closeBundle: {
    order: 'post',
    sequential: true,
    handler: () => {
      for (const name of readdirSync(ASSETS).filter((file) => /\.(js|css|svg|json)$/.test(file))) {
        const content = readFileSync(join(ASSETS, name));
        writeFileSync(join(ASSETS, `${name}.br`), brotliCompressSync(content));
        writeFileSync(join(ASSETS, `${name}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  },
});

/** Bytes, before they are compressed, below which a part of the program is no file of its own. */
const SMALL_CHUNK = 10_000;

/** Comments inside packages, and routes that have nothing for the browser: nobody can act on these. */
const EXPECTED_WARNINGS = new Set(['INVALID_ANNOTATION', 'EMPTY_BUNDLE']);

export default defineConfig({
  plugins: [tailwindcss(), remix(remixOptions), serverEntry(), compressedAssets()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: {
      // Every file travels with its headers, which are longer than many a small file.
      output: { experimentalMinChunkSize: SMALL_CHUNK },
      onwarn: (warning, warn) => {
        if (!EXPECTED_WARNINGS.has(warning.code ?? '')) warn(warning);
      },
    },
  },
  optimizeDeps: {
    // The development server looks for the browser's packages before the pages are rid of their loaders.
    exclude: ['@node-rs/argon2', 'better-sqlite3', 'drizzle-orm', 'express', 'pg', 'pino'],
  },
  // The demo's own data and databases change while the server runs: they are no sources.
  server: { watch: { ignored: ['**/data/**', '**/build/**', '**/tests/**'] } },
});
