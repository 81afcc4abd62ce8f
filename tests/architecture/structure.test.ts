import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  betweenFolders,
  findCrossings,
  findCycles,
  findForbiddenNames,
  findLargeFolders,
  findLongFiles,
  listImports,
} from '#tests/architecture/graph/structure.ts';
import type { Edge } from '#tests/architecture/graph/structure.ts';

const ROOT = new URL('../../', import.meta.url);
const paths = ['app', 'db', 'scripts', 'tests']
  .flatMap((folder) =>
    readdirSync(new URL(folder, ROOT), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(ROOT.pathname.length)),
  )
  .filter((path) => !path.startsWith('db/migrations/'));
const sources = new Map(
  paths
    .filter((path) => /\.(tsx?|mjs)$/.test(path))
    .map((path) => [path, readFileSync(new URL(path, ROOT), 'utf8')]),
);
const edges = listImports(sources);

/** The edges with one more file and what it imports. */
const plant = (path: string, text: string): Edge[] => [
  ...edges,
  ...listImports(new Map([[path, text]])),
];
const within = (all: readonly Edge[], folder: string): Edge[] =>
  all.filter(({ from, to }) => from.startsWith(`${folder}/`) && to.startsWith(`${folder}/`));

it('many files are read', () => {
  expect(paths.length).toBeGreaterThan(1_000);
  expect(edges.length).toBeGreaterThan(5_000);
});

describe('file names', () => {
  it('use the words of the field', () => expect(findForbiddenNames(paths)).toEqual([]));

  it.each([
    'app/services/weigh-remedy.ts',
    'app/told.ts',
    'db/glass/store.ts',
    'tests/look.test.ts',
  ])('may not be %s', (path) => expect(findForbiddenNames([path])).toHaveLength(1));

  it.each(['app/lib/placeholder.ts', 'app/services/requests/approvals/break-glass.ts'])(
    'may be %s',
    (path) => expect(findForbiddenNames([path])).toEqual([]),
  );
});

describe('imports', () => {
  it('go in no circle', () => expect(findCycles(edges)).toEqual([]));

  it.each([
    ['by a type', `import type { Money } from '#app/planted.ts';`],
    ['by an export', `export { money } from '#app/planted.ts';`],
    ['on demand', `const late = () => import('#app/planted.ts');`],
  ])('would be noticed in a circle %s', (_how, text) => {
    const planted = plant('app/domain/money/money.ts', text);
    const back = listImports(
      new Map([['app/planted.ts', `import { formatMoney } from '#app/domain/money/money.ts';`]]),
    );
    expect(findCycles([...planted, ...back])).toEqual([
      expect.stringContaining('app/domain/money/money.ts <-> app/planted.ts'),
    ]);
  });

  it('of a file by itself are a circle', () =>
    expect(findCycles([{ from: 'a', to: 'a' }])).toEqual(['a']));
});

describe('folders', () => {
  const FOLDERS = ['app/services', 'app/domain', 'app/pages', 'app', 'db'];

  it.each(FOLDERS)('in %s import each other in no circle', (folder) =>
    expect(findCycles(betweenFolders(within(edges, folder)))).toEqual([]),
  );

  it('would be noticed in a circle', () => {
    const planted = plant(
      'app/services/access/planted.ts',
      `import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';`,
    );
    expect(findCycles(betweenFolders(within(planted, 'app/services')))).toHaveLength(1);
  });

  it('are small enough to read', () => expect(findLargeFolders(paths)).toEqual([]));

  it.each([
    ['app/web', 26],
    ['app/services/search', 16],
  ])('%s may not hold %d files', (folder, size) => {
    const planted = Array.from({ length: size }, (_, nth) => `${folder}/planted-${nth}.ts`);
    expect(findLargeFolders(planted)).toHaveLength(1);
    expect(findLargeFolders(planted.slice(1))).toEqual([]);
  });
});

describe('files', () => {
  it('are short enough to read', () => expect(findLongFiles(sources)).toEqual([]));

  it('may not have 301 lines', () => {
    expect(findLongFiles(new Map([['app/planted.ts', '\n'.repeat(301)]]))).toHaveLength(1);
    expect(findLongFiles(new Map([['app/planted.ts', '\n'.repeat(300)]]))).toEqual([]);
  });
});

describe('screens', () => {
  it('import from others only what is shared', () => expect(findCrossings(edges)).toEqual([]));

  it.each([
    ['app/pages/customer/planted.ts', '#app/pages/flags/flags-view.tsx', 1],
    ['app/pages/shared/planted.ts', '#app/pages/flags/flags-view.tsx', 1],
    ['app/pages/customer/planted.ts', '#app/pages/customer/tables/tables.tsx', 0],
    ['app/pages/customer/planted.ts', '#app/pages/shared/flags/flag-rights.ts', 0],
    ['app/root.tsx', '#app/pages/shell/shell.tsx', 0],
  ])('%s and %s: %d', (path, specifier, count) =>
    expect(
      findCrossings(listImports(new Map([[path, `import { x } from '${specifier}';`]]))),
    ).toHaveLength(count),
  );
});
