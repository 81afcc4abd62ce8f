import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEEPEST_JSON, isTooDeep } from '#app/lib/json-depth.ts';

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
    : 0;

test('any JSON is too deep exactly where its values are', () => {
  const wrapped = fc
    .tuple(fc.jsonValue(), fc.array(fc.constantFrom('list', 'object'), { maxLength: 40 }))
    .map(([value, around]) =>
      around.reduce<unknown>((inner, kind) => (kind === 'list' ? [inner] : { a: inner }), value),
    );
  fc.assert(
    fc.property(wrapped, fc.constantFrom(undefined, 1), (value, space) => {
      expect(isTooDeep(JSON.stringify(value, null, space))).toBe(depthOf(value) > DEEPEST_JSON);
    }),
    { numRuns: 2_000 },
  );
});

test('text that ends in the middle is read to its end and no further', () => {
  for (const text of ['', '"', '"\\', '[', '{"a":"', `["${'['.repeat(100)}`])
    expect(isTooDeep(text)).toBe(false);
  expect(isTooDeep('['.repeat(33))).toBe(true);
});
