import { AccountView } from '#app/domain/book/account-view.ts';
import type { Book } from '#app/domain/book/book.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { RuleContext } from '#app/domain/rules/evaluate.ts';
import { loadPaymentBook } from '#db/queries/book/books.ts';
import { creditsInBook } from '#db/queries/requests/request-sums.ts';
import type { Read } from '#db/store.ts';

/**
 * Credits of the entry that names no payment and is taken for this one's, as the rules match it; 0: none.
 * What people granted or took back under its name since, and what was refunded, does not undo the match.
 */
export async function loadMatchedCredits(
  read: Read,
  world: RuleContext,
  { customerId, paymentId }: { customerId: string; paymentId: string },
  at: Instant,
): Promise<number> {
  const named = await creditsInBook(read, customerId, paymentId);
  if (named.some(({ kind, credits }) => isDelivery(kind) && credits > 0)) return 0;
  const book: Book = { ...NOTHING_ELSE, customerId, ...(await loadPaymentBook(read, customerId)) };
  const view = new AccountView(asDelivered(book, paymentId), world.policies, world.streams, at);
  const facts = view.paymentFacts.find(({ payment }) => payment.id === paymentId);
  return Math.max(0, facts?.matched?.credits ?? 0);
}

/** Which credits a payment has brought depends on none of these. */
const NOTHING_ELSE: Omit<Book, 'customerId' | 'payments' | 'refunds' | 'entries'> = {
  ...{ customer: null, subscriptions: [], invoices: [], generations: [], setupAttempts: [] },
};

/** Entries by which the product delivers what was bought; all others are somebody's correction. */
export const isDelivery = (kind: Book['entries'][number]['kind']): boolean =>
  kind === 'purchase' || kind === 'renewal' || kind === 'upgrade';

/** The book without what was put right of one payment. */
const asDelivered = (book: Book, paymentId: string): Book => ({
  ...book,
  payments: book.payments.map((payment) =>
    payment.id === paymentId ? { ...payment, amountRefunded: null } : payment,
  ),
  refunds: book.refunds.filter((refund) => refund.paymentId !== paymentId),
  entries: book.entries.filter((entry) => entry.paymentId !== paymentId || isDelivery(entry.kind)),
});
