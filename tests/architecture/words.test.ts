import { describe, expect, it } from 'vitest';
import ts from 'typescript';
import { readSources } from '#tests/architecture/graph/read-sources.ts';

/** Phrases that support and finance do not say. Texts use the words of docs/glossary.md. */
const REFUSED = [
  ...['Ask for it', 'Do it now', 'was asked for', 'Vouch', 'vouched for', 'must stand for'],
  ...[
    'Break the glass',
    'broke the glass',
    'GLASS BROKEN',
    'word of a lead',
    'Let go',
    'lent right',
  ],
  ...['Lend my right', 'My leave', 'Who decides', 'Differs from Stripe', 'Waits for', 'Ended as'],
  ...[
    'Own page',
    'Asked by',
    'Will be told',
    'Nobody knows',
    'Take it over',
    'in the book',
    'the book',
  ],
  ...['Another ground', 'Leave them', 'count no more', 'I have seen it', 'Not done.', 'Say why.'],
  ...['Let generations go on', 'put right', 'Being sent', 'The program', 'goes on by itself'],
  ...[
    'There is no such',
    'do not belong together',
    'As it was',
    'without our mark',
    'nobody else needs',
  ],
  ...['Failed, yet charged', 'Charged after the end', 'Gap in the ledger', 'The settings name no'],
];

/** Texts of a source that hold a refused phrase: strings, templates and markup, but no comments. */
const refusedIn = (name: string, source: string): string[] => {
  const found: string[] = [];
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isStringLiteralLike(node) ||
      ts.isJsxText(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddle(node) ||
      ts.isTemplateTail(node);
    if (isText) {
      const text = node.text.replaceAll(/\s+/g, ' ');
      for (const phrase of REFUSED)
        if (text.includes(phrase)) found.push(`${name}: “${phrase}” in “${text.trim()}”`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
};

const SCREENS = /^app\/(pages|ui|domain|services|web)\//;

describe('texts of the interface', () => {
  it('hold no phrase of our own', () => {
    const sources = [...readSources()].filter(([name]) => SCREENS.test(name));
    expect(sources.length).toBeGreaterThan(300);
    expect(sources.flatMap(([name, source]) => refusedIn(name, source))).toEqual([]);
  });

  it('are seen where they do', () => {
    const planted =
      'const a = <b>Break the glass…</b>;\n// Who decides\nconst c = `${a} Waits for ${a}`;';
    expect(refusedIn('planted.tsx', planted)).toHaveLength(2);
  });
});
