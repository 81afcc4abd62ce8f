import { describe, expect, it } from 'vitest';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import {
  evaluateInTurns,
  LARGE,
  loadLargeBook,
  oneLargeBookAtATime,
} from '#app/services/sweep/large-book.ts';
import { accountBatches } from '#app/services/sweep/evaluate-accounts.ts';
import { othersFirst } from '#app/lib/event-loop.ts';
import { loadMatchedCredits } from '#app/services/requests/evaluate/load-matched-credits.ts';
import { loadRuleContext } from '#app/services/policy/load-rule-context.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { loadBooks } from '#db/queries/book/books.ts';
import { entry, generated, invoiced, paid, T } from '#tests/factories/records.ts';
import { loadLargeCustomer } from '#tests/support/large-customer.ts';
import { sweepWorld } from '#tests/support/sweep-world.ts';

const MANY = 4_500;

const largeWorld = async () => {
  const world = await sweepWorld();
  await loadLargeCustomer(world.store, 'org_1', MANY);
  return world;
};
const turn = async (): Promise<void> => undefined;

describe('a large book', () => {
  it('is the same read in pages as in one go, and judged in turns as at once', async () => {
    const world = await largeWorld();
    const { read } = world.store;
    // Ids that no database orders as JavaScript does, at one instant, over more than a page.
    const odd = Array.from(
      { length: 2_100 },
      (_, at) => `${['ﬁ', '😀', 'z', '\ud800', 'a\u0000'][at % 5]}${at}`,
    );
    await world.put(
      ...odd.map((id) => entry({ id, occurredAt: T, credits: -1 })),
      ...odd.map((id) => generated({ id, startedAt: T })),
      invoiced({ id: 'in_1', paymentIds: ['ch_x'] }),
    );
    const [whole] = await loadBooks(read, { ids: ['org_1'], range: false });
    if (whole === undefined) throw new Error('no book');
    const paged = await loadLargeBook(read, 'org_1', turn);
    expect(paged.entries).toHaveLength(MANY + 5 + odd.length);
    expect(paged).toEqual(whole);
    const context = await loadRuleContext(read);
    for (const asOf of [T, T - 1, T + 90 * 86_400_000])
      expect(await evaluateInTurns(paged, context, asOf, turn)).toEqual(
        evaluate(whole, context, asOf),
      );
  });

  it('is that of one moment though records come while it is read', async () => {
    const world = await largeWorld();
    let pages = 0;
    const book = await loadLargeBook(world.store.read, 'org_1', async () => {
      pages += 1;
      // Before all that was read, and after: half of it would be seen.
      if (pages === 2)
        await world.put(
          entry({ id: 'le_first', occurredAt: T - 100_000 * 60_000, credits: -7 }),
          entry({ id: 'le_last', occurredAt: T + 1, credits: -9 }),
        );
    });
    const [whole] = await loadBooks(world.store.read, { ids: ['org_1'], range: false });
    expect(book).toEqual(whole);
    expect(pages).toBeGreaterThan(6);
  });

  it('is read though it never stays the same', async () => {
    const world = await largeWorld();
    let changes = 0;
    const book = await loadLargeBook(world.store.read, 'org_1', async () => {
      changes += 1;
      await world.put(entry({ id: `le_change_${changes}`, occurredAt: T + changes, credits: -1 }));
    });
    const [whole] = await loadBooks(world.store.read, { ids: ['org_1'], range: false });
    expect(book).toEqual(whole);
  });

  it('is swept as small ones are', async () => {
    const world = await largeWorld();
    const report = await sweepAccounts(world, { customers: ['org_1'] });
    expect(report).toMatchObject({ customers: 1, written: 1, skipped: 0 });
    expect(await sweepAccounts(world, { customers: ['org_1'] })).toMatchObject({ written: 0 });
  });

  it('is known as one though it was small when it was swept', async () => {
    const world = await sweepWorld();
    await world.put(entry({ id: 'le_before', occurredAt: T, credits: -1 }));
    await sweepAccounts(world, { customers: ['org_1'] });
    await loadLargeCustomer(world.store, 'org_1', MANY);
    for await (const { rows } of accountBatches(world, ['org_1'], 4_000))
      expect(rows).toBeGreaterThanOrEqual(LARGE);
    expect.assertions(1);
  });

  it('is read and judged while no other is', async () => {
    const told: string[] = [];
    const work = (name: string) => async () => {
      told.push(`${name} begins`);
      await othersFirst();
      told.push(`${name} ends`);
      if (name === 'b') throw new Error('b fails');
      return name;
    };
    const answers = await Promise.allSettled(
      ['a', 'b', 'c'].map((name) => oneLargeBookAtATime(work(name))),
    );
    expect(told).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('tells the credits that a payment brought by its own entries alone', async () => {
    const world = await largeWorld();
    const { read } = world.store;
    await world.put(
      paid({ id: 'ch_x', createdAt: T, capturedAt: T }),
      entry({ id: 'le_x', kind: 'purchase', credits: 5_000, occurredAt: T + 1 }),
    );
    const context = await loadRuleContext(read);
    const asked = { customerId: 'org_1', paymentId: 'ch_x' };
    expect(await loadMatchedCredits(read, context, asked, T + 86_400_000)).toBe(5_000);
  });
});
