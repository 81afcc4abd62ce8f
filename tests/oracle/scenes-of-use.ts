import fc from 'fast-check';
import type { BookRecord } from '#app/domain/book/records.ts';
import { customerLine, entryLine, generationLine } from '#tests/oracle/blank-records.ts';
import {
  around,
  customerId,
  entryId,
  generationId,
  instants,
  MINUTE,
  orNull,
} from '#tests/oracle/random-values.ts';

/*
 * Scenes of generations and balances: a few records that nearly, or exactly, make a rule speak.
 */
type Scene = fc.Arbitrary<BookRecord[]>;

/** What the default card asks for each, and what it does not price. */
const WORKS = [
  { kind: 'image', tier: 'standard', resolution: null, count: null, price: 4 },
  { kind: 'image', tier: 'pro', resolution: '4K', count: 2, price: 48 },
  { kind: 'image', tier: 'standard', resolution: '2K', count: 1, price: 8 },
  { kind: 'image', tier: 'ultra', resolution: '1K', count: 1, price: 4 },
  { kind: 'video', tier: 'pro', durationSeconds: 1.001, price: 40 },
  { kind: 'video', tier: 'standard', durationSeconds: 5, resolution: '4K', price: 50 },
  { kind: 'video', tier: 'standard', durationSeconds: null, price: 10 },
  { kind: 'training', tier: 'hasOwnProperty', price: 400 },
] as const;

/** A generation, what was charged for it, and what came back in up to three parts. */
export const generated = (asOf: number): Scene =>
  fc
    .record({
      customerId,
      id: generationId,
      work: fc.constantFrom(...WORKS),
      status: fc.constantFrom('failed', 'failed', 'succeeded', 'succeeded', 'succeeded', 'running'),
      startedAt: instants(asOf),
      finishedAt: orNull(instants(asOf), 5),
      off: fc.constantFrom(0, 0, 1, 1, -1),
      chargeId: entryId,
      returns: fc.array(
        fc.record({
          id: entryId,
          parts: fc.constantFrom(1, 2, 2),
          more: fc.constantFrom(0, 0, 1),
          at: instants(asOf),
          kind: fc.constantFrom('return', 'return', 'adjustment'),
        }),
        { maxLength: 2, size: '-1' },
      ),
    })
    .map(({ work: { price, ...work }, off, chargeId, returns, ...scene }) => [
      generationLine({ ...work, ...scene }),
      entryLine({
        id: chargeId,
        customerId: scene.customerId,
        kind: 'usage',
        credits: 0 - price - off,
        occurredAt: scene.startedAt,
        generationId: scene.id,
      }),
      ...returns.map(({ id, parts, more, at, kind }) =>
        entryLine({
          id,
          customerId: scene.customerId,
          kind,
          credits: price / parts + more,
          occurredAt: at,
          generationId: scene.id,
        }),
      ),
    ]);

/** Entries that carry their balance, one of them perhaps wrongly, from any opening. */
export const statement = (asOf: number): Scene =>
  fc
    .record({
      customerId,
      opening: fc.constantFrom(0, 0, 10, -10, 100),
      from: instants(asOf),
      lines: fc.array(
        fc.record({
          id: entryId,
          credits: fc.constantFrom(-10, -10, -9, 5, 10, 0),
          step: fc.constantFrom(0, 0, 1, MINUTE),
          balanced: fc.constantFrom('yes', 'yes', 'yes', 'no', 'wrong'),
        }),
        { minLength: 1, maxLength: 6 },
      ),
    })
    .map(({ customerId: owner, opening, from, lines }) => {
      let balance = opening;
      let occurredAt = from;
      return lines.map(({ id, credits, step, balanced }, sequence) => {
        balance += credits;
        occurredAt += step;
        const wrong = balanced === 'wrong' ? 1 : 0;
        return entryLine({
          id,
          customerId: owner,
          kind: 'adjustment',
          credits,
          occurredAt,
          sequence,
          balanceAfter: balanced === 'no' ? null : balance + wrong,
        });
      });
    });

/** What the product says the balance is, and entries just inside and outside the tolerance of it. */
export const reported = (asOf: number): Scene =>
  fc
    .record({
      id: customerId,
      createdAt: fc.oneof(fc.constant(0), instants(asOf)),
      reportedBalance: fc.constantFrom(0, 10, 20, 30, -10),
      reportedBalanceAt: instants(asOf),
      entries: fc.array(
        fc.record({ id: entryId, off: around(2 * MINUTE, -2 * MINUTE, -MINUTE, -60 * MINUTE) }),
        { maxLength: 3 },
      ),
    })
    .map(({ entries, ...customer }) => [
      customerLine(customer),
      ...entries.map(({ id, off }) =>
        entryLine({
          id,
          customerId: customer.id,
          credits: 10,
          occurredAt: customer.reportedBalanceAt + off,
        }),
      ),
    ]);
