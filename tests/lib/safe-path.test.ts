import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safePath } from '#app/lib/safe-path.ts';

describe('a path of this console', () => {
  it.each([
    ['/'],
    ['/customers/org_1'],
    ['/customers/org_1?asOf=2026-05-03T09:12:44Z'],
    ['/search#results'],
    ['/a%2Fb?q=%E2%9C%93'],
  ])('%s stays', (path) => expect(safePath(path)).toBe(path));

  it.each([
    ['//evil.test'],
    ['///evil.test'],
    ['/\\evil.test'],
    ['\\\\evil.test'],
    ['/%09/evil.test'],
    ['/\t/evil.test'],
    ['/\n/evil.test'],
    ['/%5cevil.test'],
    ['/%5Cevil.test'],
    ['/a/..//evil.test'],
    ['/.//evil.test'],
    ['https:evil.test'],
    ['https://evil.test'],
    ['HTTPS://evil.test'],
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    ['evil.test'],
    [''],
    [' /'],
    ['/\u0000'],
    ['/%00'],
    ['/\u2028'],
    ['/\ufeff/evil.test'],
    ['@evil.test'],
    [`/${'a'.repeat(3_000)}`],
    [null],
    [undefined],
    [['/']],
  ])('%j leads to the start', (path) => expect(safePath(path)).toBe('/'));

  it('never leads to another host, whatever it is made of', () => {
    const parts = fc.constantFrom(
      '/',
      '\\',
      '//',
      '.',
      '..',
      ':',
      '@',
      '?',
      '#',
      '%2f',
      '%5c',
      '%09',
      '\t',
      '\n',
      ' ',
      'evil.test',
      'http:',
      'javascript:',
      'a',
      '\u0000',
      '\u00a0',
      '\u3000',
      '／',
      '＼',
      'é',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
        const safe = safePath(pieces.join(''));
        for (const base of ['https://console.test/', 'https://console.test/a/b/c?d'])
          expect(new URL(safe, base).origin).toBe('https://console.test');
        expect(safePath(safe)).toBe(safe);
      }),
      { numRuns: 3_000 },
    );
  });
});
