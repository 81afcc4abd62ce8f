import type {
  Book,
  BookCustomer,
  BookEntry,
  BookGeneration,
  BookInvoice,
  BookPayment,
  BookRefund,
  BookSetupAttempt,
  BookSubscription,
  StreamsKnown,
} from '#app/domain/book/book.ts';
import { firstAfter } from '#app/domain/book/order.ts';
import { factsOfPayments } from '#app/domain/book/payment-facts.ts';
import type { PaymentFacts } from '#app/domain/book/payment-facts.ts';
import type { Stream } from '#app/domain/book/records.ts';
import { seenAt } from '#app/domain/book/seen.ts';
import type { Instant } from '#app/domain/instant.ts';
import { policyAt } from '#app/domain/policy.ts';
import type { Policy, PolicyVersion } from '#app/domain/policy.ts';
import { priceOf } from '#app/domain/price.ts';

/**
 * One customer's account as it stood at an instant: what lies after it is hidden, and what several
 * rules need is derived once, when the first of them asks.
 */
export class AccountView {
  readonly customerId: string;
  readonly customer: BookCustomer | null;
  readonly subscriptions: readonly BookSubscription[];
  readonly payments: readonly BookPayment[];
  readonly refunds: readonly BookRefund[];
  readonly invoices: readonly BookInvoice[];
  /** In the order (occurredAt, sequence, id). */
  readonly entries: readonly BookEntry[];
  readonly generations: readonly BookGeneration[];
  readonly setupAttempts: readonly BookSetupAttempt[];
  /** In force at `asOf`. Prices are asked of `priceOf`, which looks at the generation's own time. */
  readonly policy: Policy;
  /** When something that the book already mentions next comes into view; null: never. */
  readonly nextChange: Instant | null;

  /** @param policies sorted by `appliesFrom`. */
  constructor(
    book: Book,
    private readonly policies: readonly PolicyVersion[],
    private readonly streams: StreamsKnown,
    readonly asOf: Instant,
  ) {
    const seen = seenAt(book, asOf);
    this.customerId = book.customerId;
    this.customer = seen.customer;
    this.subscriptions = seen.subscriptions;
    this.payments = seen.payments;
    this.refunds = seen.refunds;
    this.invoices = seen.invoices;
    this.entries = seen.entries;
    this.generations = seen.generations;
    this.setupAttempts = seen.setupAttempts;
    this.nextChange = seen.nextChange;
    this.policy = policyAt(policies, asOf);
  }

  /** Whether the stream is complete up to and including an instant. */
  isKnown(stream: Stream, until: Instant): boolean {
    const known = this.streams[stream];
    return known !== null && known >= until;
  }

  #paymentFacts: readonly PaymentFacts[] | null = null;
  /** One for each payment seen, in the order of `payments`. */
  get paymentFacts(): readonly PaymentFacts[] {
    this.#paymentFacts ??= factsOfPayments(this.payments, this.refunds, this.entries, this.asOf);
    return this.#paymentFacts;
  }

  /** Credits before the first entry. */
  get openingBalance(): number {
    const first = this.entries[0];
    return first === undefined || first.balanceAfter === null
      ? 0
      : first.balanceAfter - first.credits;
  }

  /** Credits after the last entry that is not after an instant (up to `asOf`). */
  balanceAt(instant: Instant): number {
    const end = firstAfter(this.entries, ({ occurredAt }) => occurredAt, instant);
    let balance = this.openingBalance;
    for (let i = 0; i < end; i += 1) balance += this.entries[i]?.credits ?? 0;
    return balance;
  }

  #netCosts: Float64Array | null = null;
  /** Net cost in credits of each generation seen, in the order of `generations`. */
  get netCosts(): Float64Array {
    this.#netCosts ??= netCostsOf(this.generations, this.entries);
    return this.#netCosts;
  }

  /** Price of a generation in whole credits by the card in force when it started; null: unpriced. */
  priceOf(generation: BookGeneration): number | null {
    return priceOf(generation, policyAt(this.policies, generation.startedAt));
  }

  /** Whether the status of a generation is the one it ended with, as far as `asOf` knows. */
  isFinal({ finishedAt }: BookGeneration): boolean {
    return finishedAt === null || finishedAt <= this.asOf;
  }

  #invoiced: { invoices: Set<string>; payments: Set<string> } | null = null;
  /** Whether an invoice seen belongs to the payment, named by either side. */
  isInvoiced({ id, invoiceId }: BookPayment): boolean {
    this.#invoiced ??= {
      invoices: new Set(this.invoices.map((invoice) => invoice.id)),
      payments: new Set(this.invoices.flatMap(({ paymentIds }) => paymentIds)),
    };
    const { invoices, payments } = this.#invoiced;
    return (invoiceId !== null && invoices.has(invoiceId)) || payments.has(id);
  }

  #byPayment: Map<string, BookEntry[]> | null = null;
  /** Entries that name a payment, in order. Indexed when first asked: only findings need them. */
  entriesOfPayment(paymentId: string): readonly BookEntry[] {
    this.#byPayment ??= indexBy(this.entries, (entry) => entry.paymentId);
    return this.#byPayment.get(paymentId) ?? [];
  }

  #byGeneration: Map<string, BookEntry[]> | null = null;
  /** Entries that name a generation, in order. Indexed when first asked: only findings need them. */
  entriesOfGeneration(generationId: string): readonly BookEntry[] {
    this.#byGeneration ??= indexBy(this.entries, (entry) => entry.generationId);
    return this.#byGeneration.get(generationId) ?? [];
  }
}

function indexBy(
  entries: readonly BookEntry[],
  keyOf: (entry: BookEntry) => string | null,
): Map<string, BookEntry[]> {
  const index = new Map<string, BookEntry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (key === null) continue;
    const known = index.get(key);
    if (known === undefined) index.set(key, [entry]);
    else known.push(entry);
  }
  return index;
}

function netCostsOf(
  generations: readonly BookGeneration[],
  entries: readonly BookEntry[],
): Float64Array {
  const costs = new Float64Array(generations.length);
  if (generations.length === 0) return costs;
  const indexOf = new Map<string, number>();
  for (let i = 0; i < generations.length; i += 1) {
    const generation = generations[i];
    if (generation !== undefined) indexOf.set(generation.id, i);
  }
  for (const { generationId, credits } of entries) {
    if (generationId === null) continue;
    const index = indexOf.get(generationId);
    if (index !== undefined) costs[index] = (costs[index] ?? 0) - credits;
  }
  return costs;
}
