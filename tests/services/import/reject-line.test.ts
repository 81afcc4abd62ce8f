import { describe, expect, test } from 'vitest';
import { parseLine } from '#app/domain/book/parse-line.ts';
import { toRejectLine } from '#app/services/import/reject-line.ts';
import { GOOD } from '#tests/factories/good-lines.ts';

const reject = (text: string): string => {
  const parsed = parseLine(text);
  if (!('refused' in parsed)) throw new Error('the line is good');
  return toRejectLine({ line: 12, reason: parsed.refused, text });
};

describe('a refused line', () => {
  test('that is an object keeps its own spelling behind number and reason', () => {
    const text = JSON.stringify({ ...GOOD.refund, amount: -1 }).replace('4900', '4.900e3');
    expect(reject(text)).toBe(
      `{"line":12,"refused":"amount must not be negative",${text.slice(1)}\n`,
    );
    expect(reject('  {}\r')).toBe('{"line":12,"refused":"type is missing"}\n');
  });

  test('is loaded once it is put right where it stands', () => {
    const line = reject(JSON.stringify({ ...GOOD.refund, amount: -1 }));
    const parsed = parseLine(line.replace('"amount":-1', '"amount":1'));
    expect(parsed).toMatchObject({
      ok: { record: { amount: 1, reason: 'requested_by_customer' } },
    });
  });

  test('that is no object stands in text, and is read from there', () => {
    const cut = JSON.stringify(GOOD.member).slice(0, -1);
    const line = reject(cut);
    expect(JSON.parse(line)).toEqual({ line: 12, refused: 'is not JSON', text: cut });
    const fixed = JSON.stringify({ ...JSON.parse(line), text: `${cut}}` });
    expect(parseLine(fixed)).toMatchObject({ ok: { type: 'member' } });
    for (const other of ['[1]', '"x"', 'null', '7', '{"a":1} {"b":2}']) {
      expect(JSON.parse(reject(other))).toMatchObject({ text: other });
    }
  });

  test('that is refused again gets the new number and reason in place of the old', () => {
    const twice = reject(reject(JSON.stringify({ ...GOOD.refund, amount: -1 })).trim());
    expect(twice.match(/"refused"/g)).toHaveLength(1);
    const wrapped = toRejectLine({ line: 3, reason: 'is not JSON', text: reject('{"a').trim() });
    expect(JSON.parse(wrapped)).toEqual({ line: 3, refused: 'is not JSON', text: '{"a' });
  });
});
