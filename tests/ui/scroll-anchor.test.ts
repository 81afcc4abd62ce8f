import { expect, test } from 'vitest';
import { arrivedAbove } from '#app/ui/use-scroll-anchor.ts';

const letters = (text: string): string[] => [...text];

test.each([
  ['nothing has changed', 'abc', 'abc', 0],
  ['one has come above', 'abc', 'xabc', 1],
  ['several have arrived above and below', 'abc', 'xyabcz', 2],
  ['the first has left', 'abc', 'bc', 0],
  ['the first was put to the end', 'abc', 'bca', 0],
  ['the first was put behind another, and one has come', 'abc', 'xbac', 1],
  ['there was nothing', '', 'abc', 0],
  ['nothing is left', 'abc', '', 0],
  ['all are others', 'abc', 'xyz', 0],
])('rows that arrived above: %s', (_what, before, after, expected) => {
  expect(arrivedAbove(letters(before), letters(after), (letter) => letter)).toBe(expected);
});
