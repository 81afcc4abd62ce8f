import { describe, expect, test } from 'vitest';
import { appendPage } from '#app/pages/shared/use-infinite-list.ts';
import type { ListPage } from '#app/pages/shared/use-infinite-list.ts';

const keyOf = (letter: string): string => letter;
const pageOf = (letters: string, next: object | null): ListPage<string, object> => ({
  ...{ rows: [...letters], next },
});
const [first, second] = [{ at: 1 }, { at: 2 }];

describe('a list that grows', () => {
  test('has the next page at its end, and goes on from there', () => {
    const after = appendPage(
      { kept: pageOf('ab', first), asked: first },
      pageOf('cd', second),
      keyOf,
    );
    expect(after).toEqual({ kept: pageOf('abcd', second), asked: null });
  });

  test('shows a row once that has moved up meanwhile', () => {
    const after = appendPage(
      { kept: pageOf('ab', first), asked: first },
      pageOf('bc', null),
      keyOf,
    );
    expect(after).toEqual({ kept: pageOf('abc', null), asked: null });
  });

  test('leaves a page out that was requested before the list began anew', () => {
    const begun = { kept: pageOf('xab', { at: 1 }), asked: first };
    expect(appendPage(begun, pageOf('cd', second), keyOf)).toEqual(begun);
  });

  test('leaves a page out that nobody requested', () => {
    const still = { kept: pageOf('abcd', second), asked: null };
    expect(appendPage(still, pageOf('cd', second), keyOf)).toEqual(still);
  });
});
