import { mkdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import { build } from 'vite';
import { CACHE } from '#scripts/bench/bench.ts';

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
};

/** Builds the page of the grid for production and serves it; returns its address and how to stop. */
export async function serveGrid(): Promise<{ url: string; stop: () => void }> {
  const root = `${CACHE}/grid`;
  mkdirSync(root, { recursive: true });
  const page = resolve('scripts/bench/grid/grid-page.tsx');
  writeFileSync(
    `${root}/index.html`,
    `<!doctype html><html lang="en"><title>grid</title><body><script type="module" src="/@fs${page}"></script></body></html>`,
  );
  const outDir = `${root}/built`;
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    plugins: [tailwindcss()],
    esbuild: { jsx: 'automatic' },
    build: { outDir, emptyOutDir: true, target: 'es2022' },
    resolve: { alias: { [`/@fs${page}`]: page } },
  });
  const server = http.createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1);
    readFile(join(outDir, name)).then(
      (body) =>
        response
          .writeHead(200, { 'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain' })
          .end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/`, stop: () => void server.close() };
}
