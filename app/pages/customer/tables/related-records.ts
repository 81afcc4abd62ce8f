import type { LedgerRow } from '#app/services/customers/load-ledger-rows.ts';
import type { PaymentRow } from '#app/services/customers/load-payment-rows.ts';
import type { CustomerTable } from '#app/services/customers/row-cursor.ts';
import { parseRef } from '#app/domain/book/record-ref.ts';

/** The region that lists records of that type; null for records that no region lists. */
export function tableOf(ref: string): CustomerTable | null {
  const { type } = parseRef(ref);
  if (type === 'ledgerEntry') return 'ledger';
  if (type === 'generation') return 'generations';
  return type === 'payment' || type === 'refund' || type === 'setupAttempt' ? 'payments' : null;
}

/** The payment or generation that a record is about. */
function subjectsOf(
  ref: string,
  ledger: readonly LedgerRow[],
  payments: readonly PaymentRow[],
): Set<string> {
  const subjects = new Set([ref]);
  const { id } = parseRef(ref);
  if (ref.startsWith('ledgerEntry:')) {
    const entry = ledger.find((row) => row.id === id);
    if (entry?.paymentId) subjects.add(`payment:${entry.paymentId}`);
    if (entry?.generationId) subjects.add(`generation:${entry.generationId}`);
  }
  if (ref.startsWith('refund:')) {
    const refund = payments.find((row) => row.type === 'refund' && row.id === id);
    if (refund?.paymentId) subjects.add(`payment:${refund.paymentId}`);
  }
  return subjects;
}

/**
 * Which loaded rows belong to the chosen one, by payment or generation id: known at once, before the
 * server has said which others there are.
 */
export function relatedRecords(
  ref: string | null,
  ledger: readonly LedgerRow[],
  payments: readonly PaymentRow[],
): Set<string> {
  if (ref === null) return new Set();
  const partners = subjectsOf(ref, ledger, payments);
  for (const { id, paymentId, generationId } of ledger) {
    const named =
      (paymentId !== null && partners.has(`payment:${paymentId}`)) ||
      (generationId !== null && partners.has(`generation:${generationId}`));
    // From one entry of a payment to another there is no way but through the payment itself.
    if (named && !ref.startsWith('ledgerEntry:')) partners.add(`ledgerEntry:${id}`);
  }
  for (const { type, id, paymentId } of payments) {
    if (type === 'refund' && partners.has(`payment:${paymentId ?? ''}`))
      partners.add(`refund:${id}`);
  }
  partners.delete(ref);
  return partners;
}
