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
import { bookAsOf } from '#app/domain/book/as-of.ts';
import type { Instant } from '#app/lib/instant.ts';
import { policyAt } from '#app/domain/policy/policy.ts';
import type { Policy, PolicyVersion } from '#app/domain/policy/policy.ts';
import { priceOf } from '#app/domain/money/rate-card.ts';

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
    const seen = bookAsOf(book, asOf);
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

  #use: UseOfGenerations | null = null;
  get #useOfGenerations(): UseOfGenerations {
    if (this.#use !== null) return this.#use;
    const parts = this.prepare();
    while (this.#use === null) parts.next();
    return this.#use;
  }

  /** Derives what takes longest of a large book, in parts, between which the caller may do other work. */
  *prepare(): Generator<void> {
    const use = yield* useOf(this.generations, this.entries);
    this.#use ??= use;
  }

  /** Net cost in credits of each generation seen, in the order of `generations`. */
  get netCosts(): Float64Array {
    return this.#useOfGenerations.netCosts;
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

  /** Entries that name a generation, in order. */
  entriesOfGeneration(generationId: string): readonly BookEntry[] {
    const { indexOf, first, following } = this.#useOfGenerations;
    const index = indexOf.get(generationId);
    // What no generation seen is named by is asked for by nobody; it is answered all the same.
    if (index === undefined)
      return this.entries.filter((entry) => entry.generationId === generationId);
    const found: BookEntry[] = [];
    for (let at = first[index] ?? NONE; at !== NONE; at = following[at] ?? NONE) {
      const entry = this.entries[at];
      if (entry !== undefined) found.push(entry);
    }
    return found;
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

/** What the entries say of each generation, by its place among them. */
interface UseOfGenerations {
  /** Of the last generation of an id, as the rules see it. */
  indexOf: Map<string, number>;
  /** Credits. */
  netCosts: Float64Array;
  /** The place of the first entry that names it; NONE: none does. */
  first: Int32Array;
  /** For each entry, the place of the next one that names the same generation. */
  following: Int32Array;
}

const NONE = -1;
/** Rows between two parts: a few milliseconds. */
const ROWS_OF_A_PART = 10_000;

function* useOf(
  generations: readonly BookGeneration[],
  entries: readonly BookEntry[],
): Generator<void, UseOfGenerations> {
  const indexOf = new Map<string, number>();
  const netCosts = new Float64Array(generations.length);
  const first = new Int32Array(generations.length).fill(NONE);
  const last = new Int32Array(generations.length).fill(NONE);
  const following = new Int32Array(generations.length === 0 ? 0 : entries.length).fill(NONE);
  for (let i = 0; i < generations.length; i += 1) {
    const generation = generations[i];
    if (generation !== undefined) indexOf.set(generation.id, i);
    if (i % ROWS_OF_A_PART === ROWS_OF_A_PART - 1) yield;
  }
  for (let i = 0; i < following.length; i += 1) {
    if (i % ROWS_OF_A_PART === ROWS_OF_A_PART - 1) yield;
    const entry = entries[i];
    if (entry === undefined || entry.generationId === null) continue;
    const index = indexOf.get(entry.generationId);
    if (index === undefined) continue;
    netCosts[index] = (netCosts[index] ?? 0) - entry.credits;
    const before = last[index] ?? NONE;
    if (before === NONE) first[index] = i;
    else following[before] = i;
    last[index] = i;
  }
  return { indexOf, netCosts, first, following };
}
