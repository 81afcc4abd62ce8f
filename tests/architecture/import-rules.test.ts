import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const plot = mkdtempSync(join(tmpdir(), 'redress-lint-'));
copyFileSync(join(root, '.oxlintrc.json'), join(plot, '.oxlintrc.json'));
afterAll(() => rmSync(plot, { recursive: true, force: true }));

/** What the linter says of one import planted in one file. */
function lintPlanted(file: string, specifier: string): { code: number; output: string } {
  const path = join(plot, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `import { planted } from '${specifier}';\nexport const kept = planted;\n`);
  try {
    const output = execFileSync(join(root, 'node_modules/.bin/oxlint'), ['--deny-warnings', file], {
      cwd: plot,
      encoding: 'utf8',
    });
    return { code: 0, output };
  } catch (error) {
    // execFileSync throws an Error that carries the child's status and output.
    const failure = error as { status: number; stdout: string };
    return { code: failure.status, output: failure.stdout };
  } finally {
    rmSync(path);
  }
}

const forbidden: [file: string, specifier: string][] = [
  ['app/lib/planted.ts', '#app/domain/money/money.ts'],
  ['app/lib/planted.ts', '#db/store.ts'],
  ['app/domain/planted.ts', '#db/store.ts'],
  ['app/domain/planted.ts', '#app/services/deps.ts'],
  ['app/domain/planted.ts', 'node:fs'],
  ['app/domain/rules/planted.ts', 'react'],
  ['app/domain/rules/planted.ts', '../../services/deps.ts'],
  ['db/planted.ts', '#app/services/deps.ts'],
  ['db/queries/book/planted.ts', '@remix-run/node'],
  ['app/config/planted.ts', '#app/services/deps.ts'],
  ['app/integrations/planted.ts', '#app/services/deps.ts'],
  ['app/integrations/planted.ts', '#app/config/env.ts'],
  ['app/services/planted.ts', '@remix-run/node'],
  ['app/services/planted.ts', '#app/pages/root.ts'],
  ['app/services/planted.ts', '#app/web/http.ts'],
  ['app/services/planted.ts', 'stripe'],
  ['app/services/planted.ts', 'drizzle-orm'],
  ['app/web/planted.ts', '#app/server/gauges.ts'],
  ['app/web/planted.ts', '@remix-run/node'],
  ['app/pages/planted.tsx', '#db/schema/book.ts'],
  ['app/pages/planted.tsx', 'drizzle-orm'],
  ['app/pages/planted.tsx', '#app/integrations/mail.ts'],
  ['app/pages/planted.tsx', '#app/server/gauges.ts'],
  ['app/ui/planted.tsx', '#app/domain/money/money.ts'],
  ['app/ui/planted.tsx', '@remix-run/react'],
  ['app/server/planted.ts', '@remix-run/node'],
  ['app/server/planted.ts', '#app/pages/shell/header.tsx'],
];

const allowed: [file: string, specifier: string][] = [
  ['app/domain/planted.ts', 'zod'],
  ['app/domain/planted.ts', '#app/domain/money/money.ts'],
  ['app/domain/planted.ts', '#app/lib/instant.ts'],
  ['db/planted.ts', '#app/domain/money/money.ts'],
  ['db/planted.ts', 'drizzle-orm'],
  ['app/services/planted.ts', '#db/store.ts'],
  ['app/web/planted.ts', '#app/services/deps.ts'],
  ['app/pages/planted.tsx', '#app/services/deps.ts'],
  ['app/pages/planted.tsx', '@remix-run/react'],
  ['app/ui/planted.tsx', 'react'],
  ['app/server/planted.ts', '#db/store.ts'],
];

describe('who may import whom', () => {
  it.each(forbidden)('%s may not import %s', (file, specifier) => {
    const { code, output } = lintPlanted(file, specifier);
    expect(output).toContain('no-restricted-imports');
    expect(code).toBe(1);
  });

  it.each(allowed)('%s may import %s', (file, specifier) => {
    expect(lintPlanted(file, specifier).output).not.toContain('no-restricted-imports');
  });
});
