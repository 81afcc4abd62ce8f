import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
/** What the router runs on the server, or could run around it in the browser. */
const ENTRIES = new Set(['loader', 'action', 'clientLoader', 'clientAction']);

const sources = (): string[] => [
  'app/root.tsx',
  ...readdirSync(new URL('app/pages', ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `app/pages/${name}`),
];

const parse = (path: string, text: string): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

/** What makes an entry, and where each of these names must come from. */
const MAKERS: Readonly<Record<string, string>> = {
  guarded: '#app/web/guarded.ts',
  postOnly: '#app/web/post-only.ts',
  postOnlyOf: '#app/web/post-only.ts',
};

/** Whether a name in this file is the platform's own and nothing else. */
const importsMaker = (file: ts.SourceFile, maker: string): boolean =>
  file.statements.some(
    (node) =>
      ts.isImportDeclaration(node) &&
      ts.isStringLiteral(node.moduleSpecifier) &&
      node.moduleSpecifier.text === MAKERS[maker] &&
      node.importClause?.namedBindings !== undefined &&
      ts.isNamedImports(node.importClause.namedBindings) &&
      node.importClause.namedBindings.elements.some(
        ({ name, propertyName }) => name.text === maker && propertyName === undefined,
      ),
  );

/**
 * The maker of `guarded('permission', { audit: 'class', … }, …)` or `postOnly('permission', …)`, spelled
 * out where it stands; null for everything else.
 */
const makerOf = (made: ts.Expression | undefined): string | null => {
  if (!made || !ts.isCallExpression(made) || !ts.isIdentifier(made.expression)) return null;
  const [permission, contract] = made.arguments;
  const maker = made.expression.text;
  if (!(maker in MAKERS) || permission === undefined || !ts.isStringLiteral(permission))
    return null;
  if (maker !== 'guarded') return maker;
  return contract !== undefined &&
    ts.isObjectLiteralExpression(contract) &&
    contract.properties.some(
      (property) =>
        ts.isPropertyAssignment(property) &&
        property.name.getText() === 'audit' &&
        ts.isStringLiteral(property.initializer),
    )
    ? maker
    : null;
};

/** The entries of one statement, each with what makes it. */
const entriesIn = (node: ts.Statement): [string, string | null][] => {
  if (ts.isVariableStatement(node) && isExported(node))
    return node.declarationList.declarations
      .filter(({ name }) => ENTRIES.has(name.getText()))
      .map(({ name, initializer }) => [name.getText(), makerOf(initializer)]);
  if (ts.isFunctionDeclaration(node) && isExported(node) && ENTRIES.has(node.name?.text ?? ''))
    return [[node.name?.text ?? '', null]];
  if (!ts.isExportDeclaration(node)) return [];
  // `export { x as loader }` and `export * from` hide where an entry was made.
  const clause = node.exportClause;
  if (clause === undefined) return [['everything of another file', null]];
  return ts.isNamedExports(clause)
    ? clause.elements
        .filter(({ name }) => ENTRIES.has(name.text))
        .map(({ name }) => [name.text, null])
    : [];
};

const unguarded = (path: string, text: string): { all: number; bad: string[] } => {
  const file = parse(path, text);
  const entries = file.statements.flatMap(entriesIn);
  const bad = entries
    .filter(([, maker]) => maker === null || !importsMaker(file, maker))
    .map(([name]) => `${path}: ${name}`);
  return { all: entries.length, bad };
};

it('every loader and action of every page is made by guarded, with a permission and an audit class', () => {
  let all = 0;
  const bad: string[] = [];
  for (const path of sources()) {
    const found = unguarded(path, readFileSync(new URL(path, ROOT), 'utf8'));
    all += found.all;
    bad.push(...found.bad);
  }
  expect(bad).toEqual([]);
  expect(all).toBeGreaterThan(10);
});

const IMPORT = `import { guarded } from '#app/web/guarded.ts';\n`;

it.each([
  ['a plain function', `export async function loader() {}`],
  ['an arrow', `export const action = async () => null;`],
  ['a wrapper of one’s own', `export const loader = open('x', { audit: 'none' }, f);`],
  [
    'another guarded',
    `import { guarded } from './mine.ts';\nexport const loader = guarded('x', { audit: 'none' }, f);`,
  ],
  ['an alias', `const f = 1;\nexport { f as loader };`],
  ['a re-export', `export { loader } from './other.ts';`],
  ['everything of another file', `export * from './other.ts';`],
  [
    'a permission out of a variable',
    `${IMPORT}export const loader = guarded(p, { audit: 'none' }, f);`,
  ],
  ['no audit class', `${IMPORT}export const loader = guarded('x', {}, f);`],
  ['a postOnly of one’s own', `export const loader = postOnly('x', '/');`],
  [
    'a postOnly with a permission out of a variable',
    `import { postOnly } from '#app/web/post-only.ts';\nexport const loader = postOnly(p, '/');`,
  ],
  ['an entry in the browser', `${IMPORT}export const clientLoader = async () => null;`],
])('would notice %s', (_name, text) => {
  expect(unguarded('app/pages/x.tsx', text).bad).toHaveLength(1);
});

it.each([
  `${IMPORT}export const loader = guarded('flags.view', { audit: 'none' }, async () => 1);`,
  `import { postOnly } from '#app/web/post-only.ts';\nexport const loader = postOnly('flags.view', '/');`,
])('lets the right form pass: %s', (text) => {
  expect(unguarded('app/pages/x.tsx', text)).toEqual({ all: 1, bad: [] });
});
