import ts from 'typescript';

/*
 * Which declaration names which, over all sources, by syntax alone: fast, and rather too much than too
 * little. Whoever only mentions a function may call it.
 */

/** A top-level declaration, `path#name`; what a file does when it is loaded is its `(run)`. */
export interface SourceNode {
  id: string;
  path: string;
  name: string;
  exported: boolean;
  node: ts.Node;
  /** Declarations of this program that it names. */
  names: Set<string>;
  /** Members that it names of anything: `deps.stripe.createRefund`, `{ createRefund } = …`. */
  members: Set<string>;
}
export type SourceGraph = Map<string, SourceNode>;

export const RUN = '(run)';

const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

const bound = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((each) => (ts.isBindingElement(each) ? bound(each.name) : []));

/** What a statement declares; a statement that declares nothing belongs to the file's run. */
const declared = (statement: ts.Statement): { name: string; node: ts.Node }[] => {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap((each) =>
      bound(each.name).map((name) => ({ name, node: each })),
    );
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return [{ name: statement.name?.text ?? 'default', node: statement }];
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return [];
  if (ts.isImportDeclaration(statement)) return [];
  return [{ name: RUN, node: statement }];
};

const pathOf = (specifier: string): string | null =>
  specifier.startsWith('#') ? specifier.slice(1) : null;

/** The file's names for what it imports: `name` → `path#imported`. Types do not run. */
const importsOf = (file: ts.SourceFile): Map<string, string> => {
  const found = new Map<string, string>();
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier))
      continue;
    const path = pathOf(statement.moduleSpecifier.text);
    const clause = statement.importClause;
    if (path === null || !clause || clause.isTypeOnly) continue;
    if (clause.name) found.set(clause.name.text, `${path}#default`);
    const named = clause.namedBindings;
    if (named && ts.isNamespaceImport(named)) found.set(named.name.text, `${path}#*`);
    if (named && ts.isNamedImports(named))
      for (const { name, propertyName, isTypeOnly } of named.elements)
        if (!isTypeOnly) found.set(name.text, `${path}#${(propertyName ?? name).text}`);
  }
  return found;
};

const memberOf = (node: ts.Node): string | null => {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return node.argumentExpression.text;
  if (ts.isBindingElement(node)) return (node.propertyName ?? node.name).getText();
  return null;
};

export const walk = (node: ts.Node, visit: (node: ts.Node) => void): void => {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
};

/** The entries of one file. */
const readFile = (path: string, text: string): SourceGraph => {
  const graph: SourceGraph = new Map();
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const imports = importsOf(file);
  const all = file.statements.flatMap((statement) =>
    declared(statement).map((one) => ({ ...one, exported: isExported(statement) })),
  );
  const own = new Set(all.map(({ name }) => name));
  for (const { name, node, exported } of all) {
    const id = `${path}#${name}`;
    const entry = graph.get(id) ?? {
      ...{ id, path, name, exported, node },
      ...{ names: new Set<string>(), members: new Set<string>() },
    };
    graph.set(id, entry);
    walk(node, (part) => {
      const member = memberOf(part);
      if (member !== null) entry.members.add(member);
      if (ts.isIdentifier(part)) {
        const target = imports.get(part.text) ?? (own.has(part.text) ? `${path}#${part.text}` : '');
        if (target !== '' && target !== id) entry.names.add(target);
      }
      // A file loaded on the way: all of it.
      if (ts.isCallExpression(part) && part.expression.kind === ts.SyntaxKind.ImportKeyword) {
        const [loaded] = part.arguments;
        const loadedPath = loaded && ts.isStringLiteral(loaded) ? pathOf(loaded.text) : null;
        if (loadedPath !== null) entry.names.add(`${loadedPath}#*`);
      }
    });
  }
  return graph;
};

const known = new Map<string, SourceGraph>();

/** The same, read once: graphs of one source less or more are asked for one after another. */
const entriesOf = (path: string, text: string): SourceGraph => {
  const key = `${path} ${text}`;
  const found = known.get(key) ?? readFile(path, text);
  known.set(key, found);
  return found;
};

export const buildGraph = (sources: ReadonlyMap<string, string>): SourceGraph => {
  const graph: SourceGraph = new Map();
  for (const [path, text] of sources)
    for (const [id, entry] of entriesOf(path, text))
      graph.set(id, { ...entry, names: new Set(entry.names) });
  for (const entry of graph.values())
    for (const target of [...entry.names].filter((one) => one.endsWith('#*')))
      for (const other of entriesOf(
        target.slice(0, -2),
        sources.get(target.slice(0, -2)) ?? '',
      ).keys())
        entry.names.add(other);
  return graph;
};

/** Everything that leads to one of `targets`, those included; nothing is followed through `closed`. */
export const leadingTo = (
  graph: SourceGraph,
  targets: ReadonlySet<string>,
  closed: ReadonlySet<string> = new Set(),
): Set<string> => {
  const users = new Map<string, string[]>();
  for (const { id, names } of graph.values())
    for (const name of names) users.set(name, [...(users.get(name) ?? []), id]);
  const found = new Set(targets);
  const queue = [...targets];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (closed.has(next)) continue;
    for (const user of users.get(next) ?? []) {
      if (found.has(user)) continue;
      found.add(user);
      queue.push(user);
    }
  }
  return found;
};

/** Everything that some declarations lead to, those included; nothing is followed through `closed`. */
export const reachedFrom = (
  graph: SourceGraph,
  starts: readonly string[],
  closed: (id: string) => boolean = () => false,
): Set<string> => {
  const found = new Set(starts);
  const queue = [...starts];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (closed(next)) continue;
    for (const name of graph.get(next)?.names ?? []) {
      if (found.has(name)) continue;
      found.add(name);
      queue.push(name);
    }
  }
  return found;
};
