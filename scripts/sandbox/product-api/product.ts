import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { BookRecord, LedgerEntry } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';

export const adjustmentInput = z.strictObject({
  id: z.string().min(1).max(255),
  customerId: z.string().min(1),
  credits: z.int().refine((value) => value !== 0, { error: 'must not be 0' }),
  reason: z.string().min(1),
  paymentId: z.string().optional(),
  generationId: z.string().optional(),
  requestedBy: z.string().min(1),
  decidedBy: z.string().nullable(),
});
export type AdjustmentInput = z.output<typeof adjustmentInput>;

/** What is known of one customer's ledger: enough to go on with it. */
interface Account {
  first: LedgerEntry;
  last: LedgerEntry;
  sum: number;
}

/** Whether `a` comes after `b`: by instant, then sequence, then id. */
const after = (a: LedgerEntry, b: LedgerEntry): boolean =>
  a.occurredAt !== b.occurredAt
    ? a.occurredAt > b.occurredAt
    : a.sequence !== b.sequence
      ? a.sequence > b.sequence
      : a.id > b.id;

const balanceOf = ({ first, last, sum }: Account): number =>
  last.balanceAfter ?? (first.balanceAfter === null ? 0 : first.balanceAfter - first.credits) + sum;

/** An adjustment that was carried out: under its id, as often as it is asked for. */
export interface Adjusted {
  body: string;
  entry: LedgerEntry;
}

/** The part of the company's product that the console talks to: everyone's credits and holds. */
export class Product {
  readonly adjusted = new Map<string, Adjusted>();
  readonly holds = new Map<string, { hold: boolean; reason: string }>();
  private readonly customers = new Set<string>();
  private readonly accounts = new Map<string, Account>();

  constructor(
    private readonly now: () => Instant,
    private readonly onChange: (change: Adjusted & { id: string }) => void = () => {},
  ) {}

  /** Takes up the ledgers and customers of a book. */
  takeBook(records: Iterable<BookRecord>): void {
    for (const { type, record } of records) {
      if (type === 'customer') this.customers.add(record.id);
      if (type === 'ledgerEntry') this.take(record);
    }
  }

  /** Takes a customer's ledger anew; what was adjusted here and is not in it yet is added. */
  retakeBook(customerId: string, records: readonly BookRecord[]): void {
    this.accounts.delete(customerId);
    this.takeBook(records);
    const known = new Set(records.map(({ record }) => record.id));
    for (const { entry } of this.adjusted.values())
      if (entry.customerId === customerId && !known.has(entry.id)) this.take(entry);
  }

  knows(customerId: string): boolean {
    return this.customers.has(customerId) || this.accounts.has(customerId);
  }

  /** Credits by the ledger. */
  balance(customerId: string): number {
    const account = this.accounts.get(customerId);
    return account ? balanceOf(account) : 0;
  }

  /** Posts the entry and keeps it under the adjustment's id. */
  adjust(input: AdjustmentInput, body: string): LedgerEntry {
    const { last } = this.accounts.get(input.customerId) ?? {};
    const occurredAt = Math.max(this.now(), last?.occurredAt ?? 0);
    const entry: LedgerEntry = {
      id: `led_${randomBytes(9).toString('base64url')}`,
      customerId: input.customerId,
      memberId: null,
      kind: 'adjustment',
      credits: input.credits,
      occurredAt,
      sequence: last?.occurredAt === occurredAt ? last.sequence + 1 : 0,
      balanceAfter: this.balance(input.customerId) + input.credits,
      paymentId: input.paymentId ?? null,
      generationId: input.generationId ?? null,
      note: input.reason,
    };
    this.restore(input.id, { body, entry });
    this.onChange({ id: input.id, body, entry });
    return entry;
  }

  /** An adjustment of an earlier process. */
  restore(id: string, adjusted: Adjusted): void {
    this.take(adjusted.entry);
    this.adjusted.set(id, adjusted);
  }

  private take(entry: LedgerEntry): void {
    const old = this.accounts.get(entry.customerId);
    this.accounts.set(entry.customerId, {
      first: old && after(entry, old.first) ? old.first : entry,
      last: old && after(old.last, entry) ? old.last : entry,
      sum: (old?.sum ?? 0) + entry.credits,
    });
  }
}
