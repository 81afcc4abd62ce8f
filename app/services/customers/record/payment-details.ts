import type { Payment } from '#app/domain/book/records.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';
import { suggestForPayment } from '#app/domain/remedies/suggest-for-row.ts';
import {
  inCredits,
  inMoney,
  inRef,
  inText,
  inTime,
  present,
} from '#app/services/customers/record/record-fields.ts';
import type { RecordQuery, RecordDetails } from '#app/services/customers/record/record-fields.ts';
import { paymentStateOf, refundedOf } from '#app/services/customers/payment-state.ts';
import {
  entriesNamingPayment,
  findCustomerRecord,
  findInvoice,
  findPayment,
  findRefund,
  findSetupAttempt,
  findSubscription,
  invoicesOfCustomer,
  refundsOfPayment,
} from '#db/queries/customers/customer-records.ts';
type Sheet = Omit<RecordDetails, 'ref'>;

/** What belongs to a payment in the other regions, and its refunds. */
async function partnersOfPayment({ read, customerId, asOf }: RecordQuery, paymentId: string) {
  const entries = await entriesNamingPayment(read, customerId, paymentId);
  const refunds = await refundsOfPayment(read, customerId, paymentId);
  return [
    ...entries.flatMap(({ id, occurredAt }) =>
      occurredAt <= asOf ? [`ledgerEntry:${id}` as const] : [],
    ),
    ...refunds.flatMap(({ id, createdAt }) => (createdAt <= asOf ? [`refund:${id}` as const] : [])),
  ];
}

export async function paymentRecord(ask: RecordQuery): Promise<Sheet | null> {
  const { read, customerId, id, asOf } = ask;
  const payment = await findPayment(read, customerId, id);
  if (payment === null || payment.createdAt > asOf) return null;
  const { currency } = payment;
  const invoices = (await invoicesOfCustomer(read, customerId)).filter(
    (invoice) =>
      invoice.createdAt <= asOf &&
      (invoice.id === payment.invoiceId || invoice.paymentIds.includes(id)),
  );
  const card = [payment.cardBrand, payment.cardLast4 && `·${payment.cardLast4}`];
  const lostInvoice = !invoices.some((invoice) => invoice.id === payment.invoiceId);
  const subscription =
    payment.subscriptionId === null
      ? null
      : await findSubscription(read, customerId, payment.subscriptionId);
  const refunds = await refundsOfPayment(read, customerId, id);
  const made = refunds.filter(({ createdAt, status }) => createdAt <= asOf && !isReversed(status));
  const counted = made.reduce((sum, refund) => sum + refund.amount, 0);
  return {
    title: 'Payment',
    fields: present([
      inText('Id', id),
      inText('Purpose', payment.purpose),
      inText('Product', payment.product),
      inMoney('Amount', payment.amount, currency),
      inCredits('Buys credits', payment.credits),
      inText('Status', payment.status),
      inTime('Created', payment.createdAt),
      inTime('Captured', payment.capturedAt),
      inMoney(
        'Amount captured',
        orLater(payment.capturedAt, payment.amountCaptured, asOf),
        currency,
      ),
      inMoney(
        'Amount refunded',
        orLater(payment.refundedAt, payment.amountRefunded, asOf),
        currency,
      ),
      inTime('Refunded', payment.refundedAt),
      inText('Dispute', payment.disputeStatus),
      inText('Card', card.filter(Boolean).join(' ')),
      inText('Card fingerprint', payment.cardFingerprint),
      inText('Failure', payment.failureCode),
      inText('Declined', payment.declineCode),
      inText('Failure message', payment.failureMessage),
      ...invoices.map(({ id: invoiceId, number }) =>
        inRef('Invoice', 'invoice', invoiceId, true, number ?? invoiceId),
      ),
      lostInvoice ? inRef('Invoice', 'invoice', payment.invoiceId, false) : null,
      inRef('Subscription', 'subscription', payment.subscriptionId, subscription !== null),
      inTime('Period from', payment.periodStart),
    ]),
    partners: await partnersOfPayment(ask, id),
    offer: offerFor(payment, counted, asOf),
  };
}

/** A figure that belongs to an instant: null where that had not come. */
const orLater = (at: number | null, figure: number | null, asOf: number): number | null =>
  at !== null && at > asOf ? null : figure;

/** An inquiry leaves a payment refundable as long as Stripe says so, which the guards ask. */
function offerFor(payment: Payment, counted: number, asOf: number) {
  const { disputeStatus } = payment;
  const judged = { ...payment, disputeStatus: disputeStatus === 'inquiry' ? null : disputeStatus };
  const refunded = refundedOf(payment, counted, asOf);
  return suggestForPayment({ ...payment, refunded, state: paymentStateOf(judged, refunded, asOf) });
}

export async function refundRecord(ask: RecordQuery): Promise<Sheet | null> {
  const { read, customerId, id, asOf } = ask;
  const refund = await findRefund(read, customerId, id);
  if (refund === null || refund.createdAt > asOf) return null;
  const payment = await findPayment(read, customerId, refund.paymentId);
  const others = await partnersOfPayment(ask, refund.paymentId);
  return {
    title: 'Refund',
    fields: present([
      inText('Id', id),
      inRef('Payment', 'payment', refund.paymentId, payment !== null),
      inMoney('Amount', refund.amount, refund.currency),
      inText('Status', refund.status),
      inTime('Created', refund.createdAt),
      inText('Reason', refund.reason),
      inText('Failure', refund.failureReason),
      inText('Bank reference', refund.bankReference),
    ]),
    partners: [
      ...(payment !== null && payment.createdAt <= asOf ? [`payment:${payment.id}` as const] : []),
      ...others.filter((ref) => ref !== `refund:${id}`),
    ],
  };
}

export async function setupRecord({
  read,
  customerId,
  id,
  asOf,
}: RecordQuery): Promise<Sheet | null> {
  const attempt = await findSetupAttempt(read, customerId, id);
  if (attempt === null || attempt.at > asOf) return null;
  return {
    title: 'Attempt to save a card',
    fields: present([
      inText('Id', id),
      inTime('At', attempt.at),
      inText('Status', attempt.status),
      inText('Failure', attempt.failureCode),
      inText('Declined', attempt.declineCode),
      inText('Card', attempt.cardBrand),
      inText('Funding', attempt.cardFunding),
    ]),
    partners: [],
  };
}

export async function invoiceRecord({
  read,
  customerId,
  id,
  asOf,
}: RecordQuery): Promise<Sheet | null> {
  const invoice = await findInvoice(read, customerId, id);
  if (invoice === null || invoice.createdAt > asOf) return null;
  const { billTo } = invoice;
  const paid = await Promise.all(
    invoice.paymentIds.slice(0, 20).map((paymentId) => findPayment(read, customerId, paymentId)),
  );
  return {
    title: 'Invoice',
    fields: present([
      inText('Id', id),
      inText('Number', invoice.number),
      inText('Status', invoice.status),
      { label: 'Total', text: formatMoney(invoice.total, invoice.currency) },
      inTime('Created', invoice.createdAt),
      inTime('Finalized', invoice.finalizedAt),
      ...invoice.paymentIds
        .slice(0, 20)
        .map((paymentId, i) => inRef('Payment', 'payment', paymentId, Boolean(paid[i]))),
      inText('Bill to', billTo.name),
      inText('E-mail', billTo.email ?? null),
      inText('Address', billTo.address ?? null),
      inText('Tax id', billTo.taxId ?? null),
      inRef('Subscription', 'subscription', invoice.subscriptionId, true),
      inRef('Revision of', 'invoice', invoice.revisionOf, true),
    ]),
    partners: paid.flatMap((payment) =>
      payment && payment.createdAt <= asOf ? [`payment:${payment.id}` as const] : [],
    ),
  };
}

export async function subscriptionRecord({
  read,
  customerId,
  id,
}: RecordQuery): Promise<Sheet | null> {
  const subscription = await findSubscription(read, customerId, id);
  if (subscription === null) return null;
  return {
    title: 'Subscription',
    fields: present([
      inText('Id', id),
      inText('Plan', subscription.plan),
      inText('Status', subscription.status),
      inCredits('Credits a period', subscription.creditsPerPeriod),
      inTime('Period from', subscription.currentPeriodStart),
      inTime('Period to', subscription.currentPeriodEnd),
      inTime('Cancellation takes effect', subscription.cancelAt),
      inTime('Ended', subscription.endedAt),
    ]),
    partners: [],
  };
}

export async function customerRecord({
  read,
  customerId,
  id,
  asOf,
}: RecordQuery): Promise<Sheet | null> {
  const customer = id === customerId ? await findCustomerRecord(read, id) : null;
  if (customer === null || customer.createdAt > asOf) return null;
  const { reportedBalanceAt } = customer;
  return {
    title: 'Customer',
    fields: present([
      inText('Id', id),
      inText('Name', customer.name),
      inText('E-mail', customer.email),
      inText('Stripe customer', customer.stripeCustomerId),
      inTime('Created', customer.createdAt),
      inText('Time zone', customer.timeZone),
      inCredits('Reported balance', orLater(reportedBalanceAt, customer.reportedBalance, asOf)),
      inTime('Reported', reportedBalanceAt),
    ]),
    partners: [],
  };
}
