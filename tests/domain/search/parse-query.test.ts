import { describe, expect, test } from 'vitest';
import { foldName } from '#app/domain/search/fold-name.ts';
import { parseQuery } from '#app/domain/search/parse-query.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);

/** The clues as short text: `49.00 → 4900/2 490/…`. */
function cluesOf(text: string): string[] {
  return parseQuery(text, NOW).clues.map(({ amounts, days, last4 }) =>
    [
      ...amounts.map(
        (a) => `${a.minor}/${a.decimals}${a.currencies ? `(${a.currencies[0]})` : ''}`,
      ),
      ...days.map((day) => new Date(day.utc).toISOString().slice(0, 10)),
      ...(last4 === null ? [] : [`·${last4}`]),
    ].join(' '),
  );
}

describe('statement lines', () => {
  test.each<[string, string[]]>([
    ['49.00 3 May 4242', ['4900/2 49000/3 2026-05-03 ·4242']],
    ['4242 2026-05-03', ['2026-05-03 ·4242', '424200/2 4242/0 4242000/3 2026-05-03']],
    ['3 May 49.00 ·4242', ['4900/2 49000/3 2026-05-03 ·4242']],
    ['May 3rd, 2026 49.00 ending in 4242', ['4900/2 49000/3 2026-05-03 ·4242']],
    ['$49', ['4900/2(usd) 49/0(clp)']],
    ['US$49.00', ['4900/2(usd)']],
    ['49$', ['4900/2(usd) 49/0(clp)']],
    ['$ 49', ['4900/2(usd) 49/0(clp)']],
    ['-$49.00', ['4900/2(usd) 49/0(clp)']],
    ['¥4900', ['490000/2(cny) 4900/0(jpy)']],
    ['￥４９００', ['490000/2(cny) 4900/0(jpy)']],
    ['¥4,900', ['490000/2(cny) 4900/0(jpy)']],
    ['EUR 49,00', ['4900/2(eur)']],
    ['49,00 EUR', ['4900/2(eur)']],
    ['eur49', ['4900/2(eur)']],
    ['1.234,56 €', ['123456/2(eur)']],
    ['1 234,56 €', ['123456/2(eur)']],
    ["CHF 1'234.56", ['123456/2(chf)']],
    ['KWD 4.900', ['4900000/3(kwd) 4900/3(kwd)']],
    ['JPY 4900.00', ['4900/0(jpy)']],
    ['49 dollars', ['4900/2(usd) 49/0(clp)']],
    ['03/05 49.00', ['4900/2 49000/3 2026-05-03 2026-03-05']],
    ['3/5/26 49.00', ['4900/2 49000/3 2026-05-03 2026-03-05']],
    ['31.10. 49.00', ['4900/2 49000/3 2026-10-31']],
    ['13/12 49.00', ['4900/2 49000/3 2025-12-13']],
    ['24 Dec 49.00', ['4900/2 49000/3 2025-12-24']],
    ['23 Nov 49.00', ['4900/2 49000/3 2026-11-23']],
    ['24 Nov 49.00', ['4900/2 49000/3 2025-11-24']],
    ['29 February 49.00', ['4900/2 49000/3 2024-02-29']],
    ['yesterday 49.00', ['4900/2 49000/3 2026-11-21']],
    ['visa •••• 4242', ['·4242']],
    ['xxxx-4242', ['·4242']],
    ['4242 4242 4242 4242', ['·4242']],
    ['4242424242424242 on 3 May', ['2026-05-03 ·4242']],
    ['3 May 2024 49.00', ['4900/2 49000/3 2024-05-03', '4900/2 49000/3 2026-05-03 ·2024']],
    ['2026-05-03T09:12:44Z 49.00', ['4900/2 49000/3 2026-05-03']],
    ['49.00 3 May 09:12', ['4900/2 49000/3 2026-05-03']],
    ['31 June 49.00', ['4900/2 49000/3']],
    ['49.00 49.00', ['4900/2 49000/3']],
    ['ch_123', []],
    ['Studio Nine', []],
    ['anna.49.00@example.org', []],
    ['0', []],
    ['99999999999999999999', []],
  ])('%s', (text, expected) => {
    expect(cluesOf(text)).toEqual(expected);
  });

  test('words beside the clues say whose payment', () => {
    const query = parseQuery('Løvely Studio 49.00 3 May', NOW);
    expect(query.within).toBe('Løvely Studio');
    expect(query.fragment).toBe('Løvely Studio 49.00 3 May');
  });

  test('a day is looked for in every time zone', () => {
    const [day] = parseQuery('49.00 3 May', NOW).clues[0]?.days ?? [];
    expect(new Date(day?.from ?? 0).toISOString()).toBe('2026-05-02T10:00:00.000Z');
    expect(new Date(day?.to ?? 0).toISOString()).toBe('2026-05-04T12:00:00.000Z');
  });
});

describe('ids', () => {
  test.each<[string, string[]]>([
    ['ch_123', ['ch_123']],
    ['  "ch_123" ', ['ch_123']],
    ['ch_\u200b123\ufeff', ['ch_123']],
    ['\u202ach_123\u202c', ['ch_123']],
    ['https://dashboard.stripe.com/payments/ch_123', ['ch_123']],
    ['https://dashboard.stripe.com/acct_1/test/payments/ch_123?tab=a#b', ['ch_123', 'acct_1']],
    ['https://x.test/?payment=ch_123&x=%E0%A4%A', ['ch_123', '%E0%A4%A']],
    ['payment:ch_123', ['ch_123']],
    ['My payment (ch_123) never arrived!', ['ch_123']],
    ['charge ch_123, ch_124.', ['ch_123', 'ch_124']],
    ['12345', ['12345']],
    ['INV-2026-0042', ['INV-2026-0042']],
    ['😀', ['😀']],
    ['', []],
    ['   ', []],
    ['\u0000', []],
  ])('%s', (text, expected) => {
    expect(parseQuery(text, NOW).ids).toEqual(expect.arrayContaining(expected));
    if (expected.length === 0) expect(parseQuery(text, NOW).ids).toEqual([]);
  });

  test('a whole card number is nowhere in the query', () => {
    expect(JSON.stringify(parseQuery('card 4242-4242-4242-4242', NOW))).not.toContain('4242-4242');
    expect(JSON.stringify(parseQuery('4242424242424242', NOW))).not.toContain('42424242');
  });
});

describe('people', () => {
  test.each<[string, string | null]>([
    ['Anna@Example.org', 'anna@example.org'],
    ['Anna Berg <anna@example.org>', 'anna@example.org'],
    ['mailto:anna@example.org', 'anna@example.org'],
    ['anna@', null],
  ])('%s', (text, email) => {
    expect(parseQuery(text, NOW).email).toBe(email);
  });

  test.each<[string, string | null, string | null]>([
    ['Løv', 'Løv', 'Løv'],
    ['L', null, null],
    ['  Løvely   Studio ', null, 'Løvely Studio'],
    ['“Løvely Studio”', null, 'Løvely Studio'],
    ['<b>Bold</b>', '<b>Bold</b>', '<b>Bold</b>'],
    ['=SUM(A1)', '=SUM(A1)', '=SUM(A1)'],
    ['https://x.test/a', null, null],
  ])('%s', (text, prefix, fragment) => {
    expect(parseQuery(text, NOW)).toMatchObject({ prefix, fragment });
  });
});

test('any text is a query', () => {
  for (const text of [
    '\ud800',
    'a'.repeat(100_000),
    '1 '.repeat(5000),
    '٤٢٤٢',
    '\u0000ch_1',
    '%',
    "'",
  ]) {
    const started = performance.now();
    expect(parseQuery(text, NOW).text.length).toBeLessThanOrEqual(500);
    expect(performance.now() - started).toBeLessThan(200);
  }
});

test.each([
  ['Løvely  Studio', 'lovely studio'],
  ['\u202eLo\u200bvely\u00a0Studio', 'lovely studio'],
  ['ＬＯＶＥＬＹ Straße', 'lovely strasse'],
])('%s and what is typed for it fold alike', (name, typed) => {
  expect(foldName(name)).toBe(typed);
});
