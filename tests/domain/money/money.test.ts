import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, minorToDecimal, parseMoney } from '#app/domain/money/money.ts';

const SPACE = '\u00a0';

describe('money', () => {
  it.each([0.5, NaN, Infinity, 2 ** 53, -(2 ** 53), 1e21])('refuses %d', (minor) => {
    expect(() => formatMoney(minor, 'usd')).toThrow(RangeError);
  });
});

describe('formatMoney', () => {
  it.each([
    [4_900, 'usd', '$49.00'],
    [5, 'usd', '$0.05'],
    [0, 'usd', '$0.00'],
    [-4_900, 'usd', '−$49.00'],
    [-5, 'eur', '−€0.05'],
    [4_900, 'jpy', '¥4,900'],
    [-1, 'jpy', '−¥1'],
    [4_900, 'kwd', `KWD${SPACE}4.900`],
    [-5, 'kwd', `−KWD${SPACE}0.005`],
    [4_900, 'isk', `ISK${SPACE}49.00`],
    [4_900, 'huf', `HUF${SPACE}49.00`],
    [4_900, 'ugx', `UGX${SPACE}4,900`],
    [4_900, 'zzz', `ZZZ${SPACE}49.00`],
    [9_007_199_254_740_991, 'usd', '$90,071,992,547,409.91'],
    [-9_007_199_254_740_991, 'jpy', '−¥9,007,199,254,740,991'],
    [9_007_199_254_740_991, 'kwd', `KWD${SPACE}9,007,199,254,740.991`],
  ])('%d %s is %s', (minor, currency, text) => {
    expect(formatMoney(minor, currency)).toBe(text);
  });

  it('shows the sign of gains where asked to', () => {
    expect(formatMoney(4_900, 'usd', { signed: true })).toBe('+$49.00');
    expect(formatMoney(-4_900, 'usd', { signed: true })).toBe('−$49.00');
    expect(formatMoney(0, 'usd', { signed: true })).toBe('$0.00');
  });
});

describe('parseMoney', () => {
  it.each([
    ['49', 'usd', 4_900],
    ['49.5', 'usd', 4_950],
    ['49.00', 'usd', 4_900],
    [' 1,049.00 ', 'usd', 104_900],
    ['0.01', 'usd', 1],
    ['4900', 'jpy', 4_900],
    ['4.9', 'kwd', 4_900],
    ['90071992547409.91', 'usd', 9_007_199_254_740_991],
  ])('reads %j %s', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toEqual({ ok: true, money: { minor, currency } });
  });

  it.each([
    ['', 'usd', 'not-an-amount'],
    ['-49.00', 'usd', 'not-an-amount'],
    ['1e3', 'usd', 'not-an-amount'],
    ['١٢', 'usd', 'not-an-amount'],
    ['49.', 'usd', 'not-an-amount'],
    ['.50', 'usd', 'not-an-amount'],
    ['49,00', 'usd', 'not-an-amount'],
    ['1,04,900', 'usd', 'not-an-amount'],
    ['NaN', 'usd', 'not-an-amount'],
    ['0x10', 'usd', 'not-an-amount'],
    ['49.00', 'USD', 'not-an-amount'],
    ['49.001', 'usd', 'too-many-decimals'],
    ['49.0', 'jpy', 'too-many-decimals'],
    ['4.9000', 'kwd', 'too-many-decimals'],
    ['90071992547409.92', 'usd', 'too-large'],
    ['999999999999999999999', 'jpy', 'too-large'],
  ])('refuses %j %s: %s', (text, currency, reason) => {
    expect(parseMoney(text, currency)).toEqual({ ok: false, reason });
  });

  it('reads back what minorToDecimal wrote', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.constantFrom('usd', 'jpy', 'kwd'), (minor, currency) => {
        const text = minorToDecimal(minor, currency);
        expect(parseMoney(text, currency)).toEqual({ ok: true, money: { minor, currency } });
      }),
    );
  });
});
