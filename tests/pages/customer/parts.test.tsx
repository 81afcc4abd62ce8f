import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { AccountBalance } from '#app/pages/customer/account-balance.tsx';
import { generationColumns } from '#app/pages/customer/tables/generation-columns.ts';
import { ledgerColumns, ledgerKey } from '#app/pages/customer/tables/ledger-columns.ts';
import { pack, unpack } from '#app/pages/customer/packed-rows.ts';
import { relatedRecords } from '#app/pages/customer/tables/related-records.ts';
import { paymentColumns } from '#app/pages/customer/tables/payment-columns.ts';
import { atStart, refreshed, withOlder } from '#app/pages/customer/tables/table-rows.ts';
import type { GenerationRow } from '#app/services/customers/load-generation-rows.ts';
import type { LedgerRow } from '#app/services/customers/load-ledger-rows.ts';
import type { PaymentRow } from '#app/services/customers/load-payment-rows.ts';
import { layOutSteps } from '#app/ui/chart-geometry.ts';
import { plainRows } from '#app/ui/data-table-plain.ts';
import { TableRow } from '#app/ui/data-table-row.tsx';
import type { TableColumn } from '#app/ui/data-table-types.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOSTILE = `</td><script>alert('1')</script>&amp;"x" ‏עברית`;

const entry = (id: string, change: Partial<LedgerRow> = {}): LedgerRow => ({
  id,
  at: NOW,
  kind: 'usage',
  credits: -24,
  balance: 100,
  member: null,
  paymentId: null,
  generationId: null,
  note: null,
  paymentLost: false,
  generationLost: false,
  ...change,
});
const payment = (id: string, change: Partial<PaymentRow> = {}): PaymentRow => ({
  type: 'payment',
  id,
  at: NOW,
  amount: 4_900,
  currency: 'usd',
  last4: '4242',
  credits: 5_000,
  purpose: 'credit_pack',
  state: 'captured',
  refunded: 0,
  failure: null,
  paymentId: null,
  paymentLost: false,
  invoiceId: null,
  invoiceNumber: null,
  invoiceLost: false,
  ...change,
});
const generation = (change: Partial<GenerationRow> = {}): GenerationRow => ({
  id: 'gen_1',
  at: NOW,
  kind: 'image',
  model: 'flux-2',
  tier: 'pro',
  resolution: '2K',
  seconds: null,
  count: 3,
  status: 'succeeded',
  error: null,
  member: null,
  charged: 48,
  returned: 0,
  price: 48,
  ...change,
});

/** What React makes of the same rows. */
function asElements<Row extends object>(rows: Row[], columns: TableColumn<Row>[]): string {
  return renderToStaticMarkup(
    <>
      {rows.map((row, index) => (
        <TableRow
          key={`row ${index + 1}`}
          row={row}
          columns={columns}
          index={index}
          ariaIndex={index + 2}
          chosen={false}
          partner={false}
          mark="x"
          flag={index === 0 ? 'high' : undefined}
        />
      ))}
    </>,
  );
}

const asText = <Row extends object>(rows: Row[], columns: TableColumn<Row>[]) =>
  plainRows({
    rows,
    columns,
    markOf: () => 'x',
    flagOf: (row) => (row === rows[0] ? 'high' : undefined),
  });

const sorted = (markup: string | null): string =>
  (markup ?? '')
    // React writes an apostrophe as another entity, and attributes in the order they were given.
    .replaceAll('&#x27;', '&#39;')
    .replaceAll(
      /<tr ([^>]*)>/g,
      (_, names: string) =>
        `<tr ${names
          .split(/ (?=\w)/)
          .toSorted()
          .join(' ')}>`,
    )
    .replaceAll('dateTime=', 'datetime=');

describe('rows written as text are the rows that React writes', () => {
  test('ledger', () => {
    const rows = [
      entry('a', { note: HOSTILE, member: HOSTILE }),
      entry(HOSTILE, { paymentId: HOSTILE, paymentLost: true }),
    ];
    const columns = ledgerColumns(NOW, rows);
    expect(sorted(asText(rows, columns))).toBe(sorted(asElements(rows, columns)));
    expect(asText(rows, columns)).not.toContain('<script');
  });
  test('payments', () => {
    const rows = [
      payment('a', { invoiceNumber: HOSTILE }),
      payment('b', { state: 'failed', failure: HOSTILE }),
    ];
    const columns = paymentColumns(NOW, rows);
    expect(sorted(asText(rows, columns))).toBe(sorted(asElements(rows, columns)));
  });
  test('generations', () => {
    const rows = [
      generation({ model: HOSTILE, charged: 60 }),
      generation({ status: 'failed', error: HOSTILE }),
    ];
    const columns = generationColumns(NOW, rows);
    expect(sorted(asText(rows, columns))).toBe(sorted(asElements(rows, columns)));
    expect(asText(rows, columns)).toContain('class="n wrong"');
  });
  test('a table that holds more than text is left to React', () => {
    const columns: TableColumn<LedgerRow>[] = [{ id: 'a', header: 'A', cell: () => <b>b</b> }];
    expect(plainRows({ rows: [entry('a')], columns })).toBeNull();
  });
});

test('packed rows come out as they went in', () => {
  const rows = [entry('a'), entry('b', { note: HOSTILE })];
  expect(unpack(pack(rows))).toEqual(rows);
  expect(unpack(pack([]))).toEqual([]);
});

describe('news at the top of a region', () => {
  const start = (rows: LedgerRow[], older: string | null = 'more') => ({
    rows,
    older,
    newer: null,
    firstIndex: 0,
    count: 9,
  });
  const first = [entry('c', { balance: 3 }), entry('b', { balance: 2 })];
  const below = { rows: [entry('a', { balance: 1 })], older: null, newer: 'x', firstIndex: 0 };
  const loaded = withOlder(atStart(start(first)), below);

  test('keeps what is loaded further down, and the identity of what has not changed', () => {
    const news = start([entry('d', { balance: 9 }), ...first.map((row) => ({ ...row }))]);
    const after = refreshed(loaded, news, ledgerKey);
    expect(after.rows.map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
    expect(after.rows[2]).toBe(first[1]);
    expect(after).toMatchObject({ older: null, fresh: 1 });
  });
  test('does not trust what lies under a balance that has changed', () => {
    const news = start([entry('c', { balance: 8 }), entry('b', { balance: 7 })]);
    const after = refreshed(loaded, news, ledgerKey);
    expect(after.rows.map(({ id }) => id)).toEqual(['c', 'b']);
    expect(after.older).toBe('more');
  });
  test('changes nothing where nothing has changed', () => {
    const after = refreshed(loaded, start(first.map((row) => ({ ...row }))), ledgerKey);
    expect(after.rows).toBe(loaded.rows);
  });
});

test('partners are found by payment and by generation, both ways', () => {
  const ledger = [
    entry('e1', { paymentId: 'ch_1' }),
    entry('e2', { generationId: 'gen_1' }),
    entry('e3'),
  ];
  const payments = [
    payment('ch_1'),
    payment('re_1', { type: 'refund', paymentId: 'ch_1' }),
    payment('ch_2'),
  ];
  const partners = (ref: string) => [...relatedRecords(ref, ledger, payments)].toSorted();
  expect(partners('payment:ch_1')).toEqual(['ledgerEntry:e1', 'refund:re_1']);
  expect(partners('ledgerEntry:e1')).toEqual(['payment:ch_1', 'refund:re_1']);
  expect(partners('generation:gen_1')).toEqual(['ledgerEntry:e2']);
  expect(partners('ledgerEntry:e2')).toEqual(['generation:gen_1']);
  expect(partners('refund:re_1')).toEqual(['ledgerEntry:e1', 'payment:ch_1']);
  expect(partners('ledgerEntry:e3')).toEqual([]);
});

describe('the step chart', () => {
  const marks = [
    { at: 10, level: 'low' as const, label: 'one', target: 'a' },
    { at: 11, level: 'high' as const, label: 'two', target: 'b' },
    { at: 90, level: 'medium' as const, label: 'three', target: 'c' },
    { at: 101, level: 'critical' as const, label: 'outside', target: 'd' },
  ];
  test('holds each value until the next, from edge to edge', () => {
    const chart = layOutSteps({ from: 0, to: 100, before: 5, steps: [[50, 10]] }, []);
    expect(chart).toMatchObject({ first: 5, last: 10, lowest: 5, highest: 10, zero: null });
    expect(chart.line.startsWith('M0,')).toBe(true);
    expect(chart.line).toMatch(/L1000,[\d.]+$/);
  });
  test('joins marks that would overlap under the worst of them', () => {
    const chart = layOutSteps({ from: 0, to: 100, before: 5, steps: [] }, marks);
    expect(chart.marks.map(({ level, target }) => [level, target])).toEqual([
      ['high', 'b'],
      ['medium', 'c'],
    ]);
    expect(chart.marks[0]?.label).toBe('2 flags: one; two');
  });
  test('draws zero where the balance goes below it', () => {
    const chart = layOutSteps({ from: 0, to: 100, before: 5, steps: [[50, -10]] }, []);
    expect(chart.zero).toBeGreaterThan(0);
    expect(chart.zero).toBeLessThan(100);
  });
});

describe('the balance in the head', () => {
  type Reported = NonNullable<Parameters<typeof AccountBalance>[0]['balance']['reported']>;
  const shown = (change: Partial<Reported>): string => {
    const reported = { credits: 5_000, at: NOW, agreement: { kind: 'agrees' }, since: 0 } as const;
    const balance = { ledger: 5_057, reported: { ...reported, ...change } };
    return renderToStaticMarkup(<AccountBalance balance={balance} at={NOW} zone={null} />);
  };

  test.each<[string, Partial<Reported>]>([
    ['(agrees)', {}],
    ['(matches the ledger then; +57 since)', { since: 57 }],
    ['(+100 against the ledger then)', { agreement: { kind: 'differs', by: 100 } }],
    [
      '(−100 against the ledger then; −7 since)',
      { agreement: { kind: 'differs', by: -100 }, since: -7 },
    ],
    ['(can’t be compared: it is new)', { agreement: { kind: 'unclear', why: 'it is new' } }],
  ])('%s', (words, change) => {
    expect(shown(change)).toContain(words);
  });
});
