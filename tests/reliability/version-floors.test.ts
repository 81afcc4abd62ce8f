import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

/*
 * Below these versions a package that runs in production has a published hole. A registry need not answer
 * `npm audit`, so the floors are kept here; npm's own audit, where it can be had, knows of newer ones.
 */
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const floors = z
  .record(z.string(), z.string().regex(/^\d+\.\d+\.\d+$/))
  .parse(read('tests/reliability/version-floors.json'));
const { packages } = z
  .object({
    packages: z.record(
      z.string(),
      z.object({ version: z.string().optional(), dev: z.boolean().optional() }),
    ),
  })
  .parse(read('package-lock.json'));

/** Every version of a package that is installed in production, at whatever depth. */
const installed = (name: string): string[] =>
  Object.entries(packages).flatMap(([path, { version, dev }]) =>
    path.endsWith(`node_modules/${name}`) && dev !== true && version !== undefined ? [version] : [],
  );

/** Whether a version is lower than another; what comes after a hyphen counts as lower than without it. */
const isLower = (version: string, than: string): boolean => {
  const parts = (text: string): number[] => (text.split('-')[0] ?? '').split('.').map(Number);
  const [own, other] = [parts(version), parts(than)];
  const at = own.findIndex((part, i) => part !== other[i]);
  if (at >= 0) return (own[at] ?? 0) < (other[at] ?? 0);
  return version.includes('-') && !than.includes('-');
};

describe('no package in production is below the lowest version that is safe', () => {
  test.each(Object.entries(floors))('%s: %s', (name, lowest) => {
    const versions = installed(name);
    expect(versions).not.toEqual([]);
    expect(versions.filter((version) => isLower(version, lowest))).toEqual([]);
  });

  test.each([
    ['1.2.3', '1.2.4', true],
    ['1.10.0', '1.9.9', false],
    ['2.0.0', '1.9.9', false],
    ['1.2.4-rc.1', '1.2.4', true],
    ['1.2.4', '1.2.4', false],
  ])('%s is lower than %s: %s', (version, than, lower) =>
    expect(isLower(version, than)).toBe(lower),
  );
});
