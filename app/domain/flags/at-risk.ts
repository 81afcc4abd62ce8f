import type { Book, BookPayment } from '#app/domain/book/book.ts';
import { buysCredits } from '#app/domain/book/payment-facts.ts';
import { byInstantThenId } from '#app/domain/book/order.ts';
import { mulDiv } from '#app/domain/money/mul-div.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Money } from '#app/domain/money/money.ts';
import type { Finding, RuleId } from '#app/domain/rules/rule.ts';

/** Rules that find no amount of their own, yet a sum of money waits on them: it stands in their facts. */
const WAITING_MONEY: ReadonlySet<RuleId> = new Set([
  'dispute-open',
  'refund-overdue',
  'refund-failed',
]);

/**
 * Money at stake in a finding, for sorting: its own amount, or its credits at the price of the payment
 * that bought them, or at that of the customer's latest credit purchase. Cut off below the minor unit.
 * @param book the customer's, whole; payments after `asOf` are left out.
 * @returns null where no price can be given.
 */
export function atRisk(finding: Finding, book: Book, asOf: Instant = Infinity): Money | null {
  if (finding.amount !== undefined && finding.currency !== undefined) {
    return { minor: finding.amount, currency: finding.currency };
  }
  if (WAITING_MONEY.has(finding.rule)) return waitingMoney(finding);
  if (finding.credits === undefined) return null;
  const source = pricedPayment(finding, book) ?? latestPurchase(book, asOf);
  if (source === null) return null;
  // A balance reported too low is as much at stake as one reported too high.
  const minor = mulDiv(Math.abs(finding.credits), source.amount, source.credits);
  return Number.isSafeInteger(minor) ? { minor, currency: source.currency } : null;
}

function waitingMoney({ facts }: Finding): Money | null {
  const { amount, currency } = facts;
  return typeof amount === 'number' && typeof currency === 'string'
    ? { minor: amount, currency }
    : null;
}

type Priced = BookPayment & { credits: number };

/** Whether what was paid tells what a credit costs: a gift does not. */
const hasPrice = (payment: BookPayment): payment is Priced =>
  payment.credits !== null && payment.credits > 0 && payment.amount > 0;

function pricedPayment({ subject }: Finding, { payments }: Book): Priced | null {
  if (!subject.startsWith('payment:')) return null;
  const id = subject.slice('payment:'.length);
  const payment = payments.find((candidate) => candidate.id === id);
  return payment !== undefined && hasPrice(payment) ? payment : null;
}

function latestPurchase({ payments }: Book, asOf: Instant): Priced | null {
  let latest: (Priced & { capturedAt: Instant }) | null = null;
  for (const payment of payments) {
    const { capturedAt, status, purpose, createdAt } = payment;
    if (capturedAt === null || capturedAt > asOf || createdAt > asOf) continue;
    if (status !== 'succeeded' || !buysCredits(purpose) || !hasPrice(payment)) continue;
    if (
      latest === null ||
      byInstantThenId(capturedAt, payment.id, latest.capturedAt, latest.id) > 0
    ) {
      latest = { ...payment, capturedAt };
    }
  }
  return latest;
}
