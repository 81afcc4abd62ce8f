import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { NextFunction, Request as Req, Response as Res } from 'express';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.json': 'application/json',
};

/** How a file was compressed when it was built, best first. */
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

interface Asset {
  type: string;
  forms: { encoding: string | null; body: Buffer }[];
}

const load = (folder: string, name: string): Asset => {
  const compressed = ENCODINGS.filter(({ suffix }) => existsSync(join(folder, name + suffix))).map(
    ({ name: encoding, suffix }) => ({ encoding, body: readFileSync(join(folder, name + suffix)) }),
  );
  const plain = { encoding: null, body: readFileSync(join(folder, name)) };
  return { type: TYPES[extname(name)] ?? '', forms: [...compressed, plain] };
};

/**
 * Serves the built assets from memory, each as it was compressed at build time. Their names carry a hash
 * of their content, so browsers may keep them for good. Only names that were there at the start exist.
 */
export const staticFiles = (folder: string) => {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const served = new Set(names.filter((name) => extname(name) in TYPES));
  const assets = new Map<string, Asset>();
  return (req: Req, res: Res, next: NextFunction): void => {
    const name = req.path.slice('/assets/'.length);
    if (!req.path.startsWith('/assets/') || req.method === 'POST' || !served.has(name)) {
      next();
      return;
    }
    const asset = assets.get(name) ?? load(folder, name);
    assets.set(name, asset);
    const taken = (req.headers['accept-encoding'] ?? '').split(',').map((part) => part.trim());
    const form = asset.forms.find(({ encoding }) => encoding === null || taken.includes(encoding));
    if (!form) return next();
    res.setHeader('Content-Type', asset.type);
    res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    res.setHeader('Vary', 'Accept-Encoding');
    res.setHeader('Content-Length', form.body.length);
    if (form.encoding !== null) res.setHeader('Content-Encoding', form.encoding);
    res.end(req.method === 'HEAD' ? undefined : form.body);
  };
};
