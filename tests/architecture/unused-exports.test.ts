import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

const ENTRY = `import { used } from '#app/domain/planted.ts';\nused();\n`;
const TEST = `import { unused } from '#app/domain/planted.ts';\nunused();\n`;

/** What the check says of a small program: an entry, a test, and one file that both may import. */
const checkPlanted = (planted: string): string => {
  const plot = mkdtempSync(join(tmpdir(), 'redress-exports-'));
  onTestFinished(() => rmSync(plot, { recursive: true, force: true }));
  const files = {
    'package.json': JSON.stringify({ type: 'module', imports: { '#app/*': './app/*' } }),
    'app/server.ts': ENTRY,
    'app/domain/planted.ts': planted,
    'tests/planted.test.ts': TEST,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(plot, path)), { recursive: true });
    writeFileSync(join(plot, path), text);
  }
  cpSync(join(root, 'knip.jsonc'), join(plot, 'knip.jsonc'));
  const { stdout } = spawnSync(
    join(root, 'node_modules/.bin/knip'),
    ['--production', '--no-config-hints'],
    { cwd: plot, encoding: 'utf8' },
  );
  return stdout;
};

it('notices an export that only a test imports', () =>
  expect(checkPlanted('export const used = () => 1;\nexport const unused = () => 2;\n')).toMatch(
    /unused +app\/domain\/planted\.ts/,
  ));

it('accepts one that says so', () =>
  expect(
    checkPlanted(
      'export const used = () => unused();\n/** @internal */\nexport const unused = () => 2;\n',
    ),
  ).toBe(''));
