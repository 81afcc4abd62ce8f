import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readSources } from '#tests/architecture/graph/read-sources.ts';

const names = z.record(z.string(), z.string()).optional();
const { scripts, dependencies } = z
  .object({
    scripts: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const lock = readFileSync('package-lock.json', 'utf8');
const { packages } = z
  .object({
    packages: z.record(
      z.string(),
      z.object({ dependencies: names, optionalDependencies: names, dev: z.boolean().optional() }),
    ),
  })
  .parse(JSON.parse(lock));

/** Commands that a company runs beside its console; all others are for development, demo and trials. */
const PRODUCTION = [
  'import',
  'sweep',
  'staff',
  'backup',
  'restore',
  'verify-audit',
  'audit-retention',
];

const IMPORT =
  /^\s*(?:import|export)\s(?!type\s)(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
const importsOf = (text: string): string[] =>
  [...text.matchAll(IMPORT)].map(([, fixed, late]) => fixed ?? late ?? '');

const BUILT_IN = new Set(builtinModules);
/** `@remix-run/node` of `@remix-run/node/x`; null where Node, the compiler or this program provides it. */
const packageOf = (specifier: string): string | null => {
  if (/^([#.]|node:|virtual:)/.test(specifier) || BUILT_IN.has(specifier)) return null;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
};

/** Everything in `app` and `db`, and what the production commands load. */
const productionSources = (): string[] => {
  const sources = readSources();
  const found = new Set([...sources.keys()].filter((path) => /^(app|db)\//.test(path)));
  const waiting = PRODUCTION.flatMap((name) => /scripts\/\S+\.ts/.exec(scripts[name] ?? '') ?? []);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    waiting.push(...importsOf(text).flatMap((each) => (each.startsWith('#') ? each.slice(1) : [])));
  }
  return [...found].map((path) => readFileSync(path, 'utf8'));
};

describe('the packages of production', () => {
  const sources = productionSources();
  const imported = new Set(
    sources
      .flatMap(importsOf)
      .map(packageOf)
      .filter((name) => name !== null),
  );
  // The commands are TypeScript: they begin with this.
  for (const name of PRODUCTION) if (scripts[name]?.includes('--import tsx')) imported.add('tsx');

  it('are all that the console and its commands import', () =>
    expect([...imported].filter((name) => !(name in dependencies))).toEqual([]));

  it('are all imported', () =>
    expect(Object.keys(dependencies).filter((name) => !imported.has(name))).toEqual([]));

  it('are looked for in many sources', () => expect(sources.length).toBeGreaterThan(500));
});

describe('the lock file', () => {
  /** Where Node would find a package that another one, at `from`, asks for. */
  const findFrom = (from: string, name: string): boolean => {
    for (let at = from; ; at = at.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
      if (`${at}${at ? '/' : ''}node_modules/${name}` in packages) return true;
      if (at === '') return false;
    }
  };

  it('is complete for every platform, so that `npm ci` takes it everywhere', () => {
    const missing = Object.entries(packages).flatMap(
      ([path, { dependencies: own, optionalDependencies }]) =>
        Object.keys({ ...own, ...optionalDependencies })
          .filter((name) => !findFrom(path, name))
          .map((name) => `${name} of ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry', () => expect(lock).not.toMatch(/"resolved"|https?:\/\/[^"]*\.tgz/));
});
