import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENV_NAMES } from '#app/config/env.ts';
import { parseDockerfile } from '#scripts/prove-dockerfile/parse-dockerfile.ts';

const steps = parseDockerfile(readFileSync('Dockerfile', 'utf8'));
const restsOf = (word: string): string[] =>
  steps.filter((step) => step.word === word).map(({ rest }) => rest);

describe('the Dockerfile', () => {
  it('copies what is there and is sent', () => {
    const sent = readFileSync('.dockerignore', 'utf8').split('\n');
    const copied = restsOf('COPY')
      .filter((rest) => !rest.startsWith('--from='))
      .flatMap((rest) => rest.split(' ').slice(0, -1));
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((path) => !existsSync(path) || !sent.includes(`!${path}`))).toEqual([]);
  });

  it('installs exactly what is locked, and nothing for development where it runs', () => {
    const installs = restsOf('RUN').filter((rest) => rest.includes('npm') && !rest.includes('run'));
    expect(installs).toEqual([
      'npm ci --no-audit --no-fund',
      'npm ci --omit=dev --no-audit --no-fund',
    ]);
  });

  it('runs as nobody of rights, is requested its health, and is told to end directly', () => {
    expect(restsOf('USER')).toEqual(['node']);
    expect(restsOf('HEALTHCHECK').join()).toContain('scripts/health-check.mjs');
    expect(restsOf('CMD').join()).toMatch(/^\["node",.*"scripts\/start-production\.mjs"\]$/);
  });
});

describe('the examples of deployment', () => {
  const files = ['Dockerfile', ...readdirSync('docs/deploy').map((name) => `docs/deploy/${name}`)];

  it.each(files)('%s names no registry and no setting that is none', (path) => {
    const text = readFileSync(path, 'utf8');
    expect(text).not.toMatch(/--registry|registry\.|https?:\/\/(?!billing\.example\.com|redress;)/);
    const named = [
      ...text.matchAll(/\b(?:ENV |^ {6})?([A-Z]+_(?:URL|SECRET|TOKEN|PROXIES|KEY))\b/gm),
    ];
    expect(named.flatMap(([, name = '']) => (ENV_NAMES.includes(name) ? [] : [name]))).toEqual([]);
  });
});
