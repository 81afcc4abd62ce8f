import { describe, expect, it, vi } from 'vitest';
import { loadCustomer } from '#app/services/customers/load-customer.ts';
import { loadRecord } from '#app/services/customers/record/load-record.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { dialect } from '#db/dialect/dialect.ts';
import { idsInBook } from '#db/queries/book/evidence.ts';
import { sqliteParts } from '#db/sqlite.ts';
import { entry, generated, paid, T } from '#tests/factories/records.ts';
import { sweepWorld } from '#tests/support/sweep-world.ts';

const T_1 = T + 1_000;
/** A plan that goes through all records that a customer has in one table of the book. */
const WHOLE = /SEARCH (?:ledger_entry|generation|payment|refund) .* \(customer_id=\?\)$/;

/** A customer of whose payment and generation everything can be said. */
const world = async () => {
  const made = await sweepWorld();
  await made.put(
    paid({ id: 'ch_1', createdAt: T, capturedAt: T }),
    {
      type: 'refund',
      record: {
        ...{ id: 're_1', customerId: 'org_1', paymentId: 'ch_1', createdAt: T_1, amount: 100 },
        ...{ currency: 'usd', status: 'succeeded', reason: null },
        ...{ failureReason: null, bankReference: null },
      },
    },
    entry({ id: 'le_1', kind: 'purchase', credits: 100, occurredAt: T, paymentId: 'ch_1' }),
    generated({ id: 'g_1', startedAt: T, finishedAt: T_1, status: 'failed' }),
    entry({ id: 'le_2', credits: -4, occurredAt: T_1, generationId: 'g_1' }),
  );
  await sweepAccounts(made, { customers: ['org_1'] });
  return made;
};

describe('what is asked of named records', () => {
  it('finds each of them and nothing of another customer', async () => {
    const made = await world();
    const { read } = made.store;
    const ids = { type: 'generation', ids: ['g_1', 'g_2'] } as const;
    expect(await idsInBook(read, { customerId: 'org_1', ...ids })).toEqual(new Set(['g_1']));
    expect(await idsInBook(read, { customerId: 'org_2', ...ids })).toEqual(new Set());
    expect(
      await loadRecord(made, { customerId: 'org_2', ref: 'payment:ch_1', asOf: null }),
    ).toBeNull();
  });

  if (dialect === 'sqlite')
    it('looks at those and not through the whole of a customer', async () => {
      const made = await world();
      const parts = sqliteParts(made.store.read) ?? expect.fail('no SQLite');
      const asked = vi.spyOn(parts.reads, 'prepare');
      for (const ref of ['ledgerEntry:le_1', 'payment:ch_1', 'refund:re_1', 'generation:g_1'])
        expect(await loadRecord(made, { customerId: 'org_1', ref, asOf: null })).not.toBeNull();
      // Flags of a page, with what can be offered for each.
      const page = { customerId: 'org_1', asOf: null, period: null, days: 90 };
      expect((await loadCustomer(made.as('lead'), page))?.flags).not.toEqual([]);
      await idsInBook(made.store.read, { customerId: 'org_1', type: 'generation', ids: ['g_1'] });
      const named = asked.mock.calls.filter(([sql]) =>
        /"(?:id|payment_id|generation_id)" (?:=|in) /.test(sql.slice(sql.lastIndexOf(' where '))),
      );
      expect(named.length).toBeGreaterThan(8);
      for (const [sql] of named) {
        const plan = parts.reader
          .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
          .all(...Array.from({ length: sql.split('?').length - 1 }, () => 0));
        const wholes = plan.filter(({ detail }) => WHOLE.test(detail));
        expect(wholes, sql).toEqual([]);
      }
    });
});
