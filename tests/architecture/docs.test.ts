import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '#scripts/installed.mjs';

const DOCUMENTS = [
  ...['README.md', 'CONTRIBUTING.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const PATH = /`((?:app|db|scripts|tests|docs)\/[\w./-]+)`/g;
const LINK = /\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g;

/** Paths and links of a document that lead nowhere. `name` is its place in the repository. */
const deadEnds = (name: string, text: string): string[] =>
  [
    ...[...text.matchAll(PATH)].map(([, path = '']) => path),
    ...[...text.matchAll(LINK)].map(([, link = '']) => join(dirname(name), link)),
  ].filter((path) => !existsSync(join(root, path)));

describe('documents', () => {
  it.each(DOCUMENTS)('%s names only what exists', (name) => {
    expect(deadEnds(name, readFileSync(join(root, name), 'utf8'))).toEqual([]);
  });

  it('are seen where they do not', () => {
    const text = 'See `app/domain/nowhere.ts`, `app/domain/book` and [this](nowhere.md).';
    expect(deadEnds('docs/planted.md', text)).toEqual(['app/domain/nowhere.ts', 'docs/nowhere.md']);
  });
});
