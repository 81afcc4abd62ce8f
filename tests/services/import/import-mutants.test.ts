import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseHere } from '#app/services/import/parse-block.ts';
import { readBlocks } from '#app/services/import/read-blocks.ts';
import { toRejectLine } from '#app/services/import/reject-line.ts';
import { GOOD } from '#tests/factories/good-lines.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
import { importLines } from '#tests/support/import-lines.ts';

/*
 * Good files, damaged at random: nothing may make the import throw, and every line that is not blank is
 * either loaded or refused, with its own number.
 */
const goodFile = Buffer.from(
  Object.values(GOOD)
    .map((line) => JSON.stringify(line))
    .join('\n'),
);

const NASTY = [
  '\n',
  '\r\n',
  '\r',
  '\0',
  '\ufeff',
  '\u2028',
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  '\\u0000',
  '\\ud800',
  '{}',
  '[]',
  'null',
  'NaN',
  '1e400',
  '9223372036854775808',
  '-0',
  '0.1',
  '"type":',
  ' ',
  '"__proto__":{"id":1},',
  '"id":"x",',
  '\u202e',
  '😀',
  '='.repeat(300),
].map((text) => Buffer.from(text));
const BROKEN_UTF8 = [[0xff, 0xfe], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf5]].map((bytes) =>
  Buffer.from(bytes),
);

interface Damage {
  at: number;
  cut: number;
  add: Buffer;
}
const damage = fc.record<Damage>({
  at: fc.nat(goodFile.length),
  cut: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(400)),
  add: fc.oneof(
    fc.constantFrom(...NASTY, ...BROKEN_UTF8),
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  ),
});
const mutant = fc
  .array(damage, { minLength: 1, maxLength: 6 })
  .map((damages) =>
    damages.reduce(
      (file, { at, cut, add }) =>
        Buffer.concat([file.subarray(0, at), add, file.subarray(at + cut)]),
      goodFile,
    ),
  );

/** Line numbers of the lines that hold something, counted in the plainest way. */
const filledLines = (file: Buffer): number[] => {
  const lines = file
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .split('\n');
  return lines.flatMap((line, at) => (/^[ \t\r]*$/.test(line) ? [] : [at + 1]));
};

async function* inChunks(file: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

const check = async (file: Buffer, chunk: number) => {
  const parser = parseHere(1);
  const refused = [];
  let loaded = 0;
  for await (const { bytes } of readBlocks(inChunks(file, chunk))) {
    const block = await parser.parse(bytes);
    loaded += block.loaded;
    refused.push(...block.refused);
  }
  return { loaded, refused };
};

test('every line of a damaged file is loaded or refused, once', async () => {
  await fc.assert(
    fc.asyncProperty(mutant, fc.integer({ min: 1, max: 3_000 }), async (file, chunk) => {
      const { loaded, refused } = await check(file, chunk);
      const filled = filledLines(file);
      expect(loaded + refused.length).toBe(filled.length);
      expect(filled).toEqual(expect.arrayContaining(refused.map(({ line }) => line)));
      expect(refused.every(({ reason }) => reason.length > 0)).toBe(true);
    }),
    { numRuns: 2_500 },
  );
});

test('a reject file is lines of JSON, refused again for the same reasons', async () => {
  await fc.assert(
    fc.asyncProperty(mutant, async (file) => {
      const { refused } = await check(file, 1 << 16);
      const again = await check(Buffer.from(refused.map(toRejectLine).join('')), 1 << 16);
      const valid = refused.filter(({ reason }) => reason !== 'is not UTF-8');
      const expected = valid.map(({ reason }) => reason);
      expect(again.refused.map(({ reason }) => reason)).toEqual(
        valid.length === refused.length ? expected : expect.any(Array),
      );
      for (const refusal of again.refused) expect(() => JSON.parse(refusal.text)).not.toThrow();
    }),
    { numRuns: 500 },
  );
});

test('the databases take whatever is not refused', async () => {
  const store = await freshStore();
  await fc.assert(
    fc.asyncProperty(mutant, async (file) => {
      const { loaded, refused, linesRead } = await importLines(store, file);
      expect(loaded + refused).toBe(filledLines(file).length);
      expect(linesRead).toBeGreaterThanOrEqual(loaded + refused);
    }),
    { numRuns: 60 },
  );
});

test('a line of 10 MB is read, and one results than 64 MiB is refused without harm to its neighbours', async () => {
  const line = (length: number, field: string): Buffer =>
    Buffer.from(JSON.stringify({ ...GOOD.member, [field]: 'x'.repeat(length) }));
  const member = Buffer.from(JSON.stringify(GOOD.member));
  const lines = [member, line(10_000_000, 'colour'), line(10_000_000, 'name')];
  lines.push(line(65 << 20, 'colour'), member, member);
  const file = Buffer.concat(lines.flatMap((bytes) => [bytes, Buffer.from('\n')]));
  const { loaded, refused } = await check(file, 700_001);
  expect(loaded).toBe(4);
  expect(refused.map(({ line: number, reason }) => [number, reason])).toEqual([
    [3, 'name must have at most 10,000 characters'],
    [4, 'is not JSON'],
  ]);
});
