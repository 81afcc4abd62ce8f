import { describe, expect, test, vi } from 'vitest';
import { searchBook } from '#app/services/search/search-book.ts';
import { dialect } from '#db/dialect/dialect.ts';
import { sqliteParts } from '#db/sqlite.ts';
import { loadSearchableBook, NOW } from '#tests/factories/searchable-book.ts';
import { freshStore } from '#tests/support/fresh-store.ts';

const find = async (text: string, most = 20) => {
  const store = await freshStore();
  await loadSearchableBook(store);
  return searchBook({ store, now: () => NOW }, text, most);
};

describe('what was pasted names one thing', () => {
  test.each<[string, string, string | null, string]>([
    ['ch_1', 'org_1', 'payment:ch_1', 'payment $49.00, 3 May, ·4242'],
    [' "ch_1"\u200b ', 'org_1', 'payment:ch_1', 'payment $49.00, 3 May, ·4242'],
    [
      'https://dashboard.stripe.com/payments/ch_1',
      'org_1',
      'payment:ch_1',
      'payment $49.00, 3 May, ·4242',
    ],
    ['My payment ch_5 failed!', 'org_4', 'payment:ch_5', 'payment $12.99, 3 May, ·4242, failed'],
    ['payment:ch_1', 'org_1', 'payment:ch_1', 'payment $49.00, 3 May, ·4242'],
    [
      're_1',
      'org_1',
      'refund:re_1',
      'refund $49.00, 3 May, succeeded, bank reference 74208571234567890123456',
    ],
    [
      '74208571234567890123456',
      'org_1',
      'refund:re_1',
      'refund $49.00, 3 May, succeeded, bank reference 74208571234567890123456',
    ],
    ['red-2026-0042', 'org_1', 'invoice:in_1', 'invoice RED-2026-0042, $49.00, 3 May, paid'],
    ['in_1', 'org_1', 'invoice:in_1', 'invoice RED-2026-0042, $49.00, 3 May, paid'],
    ['sub_1', 'org_2', 'subscription:sub_1', 'subscription pro, past due'],
    ['le_1', 'org_1', 'ledgerEntry:le_1', 'ledger entry: purchase of 5,000 credits, 3 May'],
    ['gen_1', 'org_1', 'generation:gen_1', 'video generation, failed, 3 May'],
    ['seti_1', 'org_2', 'setupAttempt:seti_1', 'card setup failed, 3 May'],
    ['org_1', 'org_1', null, 'Anna@lovely.example'],
    ['cus_1', 'org_1', null, 'Anna@lovely.example'],
    ['mem_1', 'org_2', null, 'member Zoë Anders, zoe@two.example'],
    ['anna@LOVELY.example', 'org_1', null, 'Anna@lovely.example'],
    ['Zoë <zoe@two.example>', 'org_2', null, 'member Zoë Anders, zoe@two.example'],
    ['org_only_named', 'org_only_named', null, 'customer that only other records name'],
    ['ch_unseen', 'org_1', 'refund:re_1', 'payment not in the data, named by refund re_1'],
    [
      'gen_unseen',
      'org_1',
      'ledgerEntry:le_1',
      'generation not in the data, named by ledger entry le_1',
    ],
    ['in_unseen', 'org_4', 'payment:ch_5', 'invoice not in the data, named by payment ch_5'],
  ])('%s', async (text, customerId, choose, reason) => {
    const answer = await find(text);
    expect(answer.exact).toMatchObject({ customerId, choose, reason });
    expect(answer.results[0]).toEqual(answer.exact);
  });
});

describe('statement lines', () => {
  test.each<[string, string[]]>([
    ['49.00 3 May 4242', ['ch_1']],
    ['May 3 $49', ['ch_1']],
    ['USD 49,00 4242', ['ch_1']],
    ['¥4900', ['ch_3']],
    ['KWD 4.900', ['ch_4']],
    ['4.90 KWD', ['ch_4']],
    ['$49.00', ['ch_2', 'ch_1']],
    ['7.77 3 May', ['ch_6']],
    ['7.77 2 May', []],
    ['49.00 03/05 4242', ['ch_1']],
    ['1881', ['ch_2']],
    ['lovely studio two 49.00', ['ch_2']],
    ['49.00 3 May 2025', []],
  ])('%s', async (text, ids) => {
    const answer = await find(text);
    const payments = answer.results.filter(({ choose }) => choose?.startsWith('payment:'));
    expect(payments.map(({ recordId }) => recordId)).toEqual(ids);
    expect(answer.exact).toBeNull();
  });

  test('digits that are an id and a card: the id comes first, and nothing is hidden', async () => {
    const answer = await find('4242');
    expect(answer.results[0]).toMatchObject({ recordId: '4242', choose: 'payment:4242' });
    expect(answer.results.length).toBeGreaterThan(3);
  });

  test('a day alone is too little to go by', async () => {
    expect(await find('3 May')).toMatchObject({ results: [], dayAlone: true });
  });
});

describe('names', () => {
  test.each<[string, string[]]>([
    ['lovely', ['org_1', 'org_2']],
    ['OVELY STUD', ['org_1', 'org_2']],
    ['lo', ['org_2']],
    ['ovely studi', ['org_1', 'org_2']],
    ['ovely st-di', []],
    ['<b>Bold</b>', ['org_3']],
    ["o'brien & 100% _sohne_", ['org_4']],
    ['%', []],
    ['100%', ['org_4']],
    ['two.example', ['org_2']],
    ['Zoe', ['org_2']],
    ["' OR 1=1 --", []],
    ['"', []],
    ['nobody', []],
  ])('%s', async (text, ids) => {
    const answer = await find(text);
    const expected = expect.arrayContaining(ids) as unknown;
    expect(answer.results.map(({ customerId }) => customerId)).toEqual(expected);
    expect(new Set(answer.results.map(({ customerId }) => customerId)).size).toBe(ids.length);
  });

  test('a whole name that nobody else begins with opens', async () => {
    expect((await find('lovely studio two')).exact?.customerId).toBe('org_2');
    expect((await find('Løvely Studio')).exact).toBeNull();
  });

  test('says that there were more', async () => {
    expect(await find('lovely', 1)).toMatchObject({ more: true, results: [{}] });
  });
});

test('starts of ids', async () => {
  const answer = await find('ch_');
  expect(answer.exact).toBeNull();
  expect(answer.results.map(({ recordId }) => recordId).toSorted()).toEqual([
    'ch_1',
    'ch_2',
    'ch_3',
    'ch_4',
    'ch_5',
    'ch_6',
  ]);
  expect((await find('RED-2026')).results).toMatchObject([{ choose: 'invoice:in_1' }]);
});

test.each(['', '   ', '\u0000', '\ud800', 'a'.repeat(20_000), '\u0000ch_1'])(
  'any text is answered',
  async (text) => {
    expect((await find(text)).results.length).toBeLessThanOrEqual(20);
  },
);

// PostgreSQL plans by table size: on a handful of rows it reads the whole table, rightly.
if (dialect === 'sqlite') {
  test.each([
    'ch_1',
    'Lovely',
    'anna@lovely.example',
    '49.00 3 May 4242',
    '¥4900',
    '4242',
    '$49 lovely',
  ])('each question of "%s" is answered along an index', async (text) => {
    const store = await freshStore();
    await loadSearchableBook(store);
    const parts = sqliteParts(store.read);
    const asked = vi.spyOn(parts?.reads ?? expect.fail('no SQLite'), 'prepare');
    await searchBook({ store, now: () => NOW }, text, 20);
    expect(asked.mock.calls.length).toBeGreaterThan(3);
    for (const [sql] of asked.mock.calls) {
      const plan = parts?.reader
        .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
        .all(...Array.from({ length: sql.split('?').length - 1 }, () => 0));
      const scans = plan?.filter(
        ({ detail }) => detail.startsWith('SCAN') && !detail.includes('VIRTUAL TABLE INDEX'),
      );
      expect(scans, sql).toEqual([]);
    }
  });
}
