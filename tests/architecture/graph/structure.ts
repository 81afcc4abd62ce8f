import { dirname } from 'node:path';
import ts from 'typescript';

/** Which file imports which, types included. */
export interface Edge {
  from: string;
  to: string;
}

/** All imports of this program's own files: static, re-exported and on demand. */
export const listImports = (sources: ReadonlyMap<string, string>): Edge[] =>
  [...sources].flatMap(([from, text]) =>
    ts
      .preProcessFile(text, true, true)
      .importedFiles.filter(({ fileName }) => fileName.startsWith('#'))
      .map(({ fileName }) => ({ from, to: fileName.slice(1) })),
  );

/** The same between folders; what stays in one folder is no edge. */
export const betweenFolders = (edges: readonly Edge[]): Edge[] =>
  edges
    .map(({ from, to }) => ({ from: dirname(from), to: dirname(to) }))
    .filter(({ from, to }) => from !== to);

/** Groups whose members reach each other (Tarjan's algorithm), each as one line. */
export const findCycles = (edges: readonly Edge[]): string[] => {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of edges) next.set(from, (next.get(from) ?? new Set()).add(to));
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[] = [];
  const visit = (node: string): number => {
    const own = index.size;
    index.set(node, own);
    stack.push(node);
    let lowest = own;
    for (const to of next.get(node) ?? []) {
      if (!index.has(to)) lowest = Math.min(lowest, visit(to));
      else if (stack.includes(to)) lowest = Math.min(lowest, index.get(to) ?? own);
    }
    low.set(node, lowest);
    if (lowest === own) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1 || next.get(node)?.has(node) === true)
        cycles.push(group.toSorted().join(' <-> '));
    }
    return lowest;
  };
  for (const node of next.keys()) if (!index.has(node)) visit(node);
  return cycles.toSorted();
};

/** Words that say nothing to a reader who knows the field. */
const FORBIDDEN_WORDS = new Set(
  'weigh told hear heard say survey twin glass mine asked look take foretell settle trouble place'.split(
    ' ',
  ),
);

/** "Break glass" is the field's own term for emergency access. */
const TERMS = /break-glass/g;

export const findForbiddenNames = (paths: readonly string[]): string[] =>
  paths.flatMap((path) => {
    const words = path.replaceAll(TERMS, '').split(/[-./]/);
    const found = words.filter((word) => FORBIDDEN_WORDS.has(word));
    return found.length === 0 ? [] : `${path}: ${found.join(', ')}`;
  });

/** Files a folder may hold, its subfolders aside. */
const MOST_FILES = 25;
const MOST_FILES_IN_SERVICES = 15;
/** Folders of peers: one file is one rule, widget, case or scenario, and the list may grow. */
const PEERS = ['app/domain/rules', 'app/ui', 'tests/reliability/scenarios'];

export const findLargeFolders = (paths: readonly string[]): string[] => {
  const sizes = new Map<string, number>();
  for (const path of paths) sizes.set(dirname(path), (sizes.get(dirname(path)) ?? 0) + 1);
  return [...sizes].flatMap(([folder, size]) => {
    const most = folder.startsWith('app/services') ? MOST_FILES_IN_SERVICES : MOST_FILES;
    return size <= most || PEERS.includes(folder)
      ? []
      : `${folder}: ${size} files, at most ${most}`;
  });
};

const MOST_LINES = 300;

export const findLongFiles = (sources: ReadonlyMap<string, string>): string[] =>
  [...sources].flatMap(([path, text]) => {
    const lines = text.split('\n').length - 1;
    return lines <= MOST_LINES ? [] : `${path}: ${lines} lines, at most ${MOST_LINES}`;
  });

const screenOf = (path: string): string | null => /^app\/pages\/([^/]+)\//.exec(path)?.[1] ?? null;

/** A screen uses what other screens have only through `app/pages/shared`. */
export const findCrossings = (edges: readonly Edge[]): string[] =>
  edges.flatMap(({ from, to }) => {
    const [own, other] = [screenOf(from), screenOf(to)];
    return own === null || other === null || other === own || other === 'shared'
      ? []
      : `${from} imports ${to}`;
  });
