import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fastParse } from '#app/domain/book/fast-parse.ts';
import type { RecordType } from '#app/domain/book/records.ts';
import { SCHEMAS } from '#app/domain/book/schemas.ts';
import { GOOD } from '#tests/factories/good-lines.ts';

/*
 * Two ways to read a record: zod, which knows what is wrong, and the quick one for what is good. They
 * must agree on every value, or a line would be loaded that the format refuses.
 */
const TYPES = Object.keys(GOOD) as RecordType[];

const byZod = (type: RecordType, value: unknown): unknown => {
  const read = SCHEMAS[type].safeParse(value);
  return read.success ? read.data : undefined;
};

const expectAgreement = (type: RecordType, value: unknown): void => {
  const zod = byZod(type, value);
  const quick = fastParse(SCHEMAS[type])(value);
  expect(quick).toStrictEqual(zod);
  expect(Object.keys(quick ?? {})).toEqual(Object.keys(zod ?? {}));
};

const ODD: unknown[] = [
  undefined,
  null,
  true,
  '',
  ' ',
  'x'.repeat(255),
  'x'.repeat(256),
  '😀'.repeat(255),
  '😀'.repeat(256),
  'x'.repeat(10_000),
  'x'.repeat(10_001),
  '😀'.repeat(10_000),
  '😀'.repeat(10_001),
  `2026-05-03T09:12:44.${'0'.repeat(9_979)}Z`,
  `2026-05-03T09:12:44.${'0'.repeat(9_980)}Z`,
  'usd',
  'USD',
  'usd\n',
  'usage',
  'toString',
  '2026-05-03T09:12:44.120Z',
  '2026-05-03T09:12:44.1299+02:00',
  '2026-02-30T09:12Z',
  0,
  -0,
  1,
  -1,
  0.5,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53 - 1),
  -(2 ** 53),
  Infinity,
  [],
  [null],
  ['in_1', 'in_2'],
  ['in_1', ''],
  {},
  { name: 'x', email: null, colour: 'red' },
  { name: 'x', taxId: 1 },
];

test.each(TYPES)('a good %s is read quickly, as zod reads it', (type) => {
  expect(fastParse(SCHEMAS[type])(GOOD[type])).toBeDefined();
  expectAgreement(type, GOOD[type]);
});

test.each(TYPES)('every odd value in every field of a %s is judged alike', (type) => {
  for (const field of Object.keys(GOOD[type])) {
    for (const odd of ODD) expectAgreement(type, { ...GOOD[type], [field]: odd });
    const { [field]: _, ...without } = GOOD[type];
    expectAgreement(type, without);
  }
  for (const odd of ODD) expectAgreement(type, odd);
});

test('so are arbitrary values in several fields', () => {
  const value = fc.oneof(fc.constantFrom(...ODD), fc.jsonValue());
  const changed = fc.constantFrom(...TYPES).chain((type) => {
    const fields = fc.dictionary(fc.constantFrom(...Object.keys(GOOD[type])), value, {
      maxKeys: 4,
    });
    return fc.record({ type: fc.constant(type), fields });
  });
  fc.assert(
    fc.property(changed, ({ type, fields }) => expectAgreement(type, { ...GOOD[type], ...fields })),
    { numRuns: 1_000 },
  );
});
