import type {
  BookRecord,
  Customer,
  Generation,
  Invoice,
  LedgerEntry,
  Payment,
  Refund,
  SetupAttempt,
  Subscription,
} from '#app/domain/book/records.ts';

/** A part of a record that at least says whose and which it is. */
type Part<T> = Partial<T> & { id: string; customerId: string };

/*
 * Whole records from the few fields that a random book varies: what no rule reads stays constant, so
 * that a shrunk book shows nothing but what matters.
 */
export function customerLine(
  part: Partial<Customer> & { id: string; createdAt: number },
): BookRecord {
  const record: Customer = {
    name: 'Name',
    email: 'name@example.test',
    stripeCustomerId: null,
    timeZone: null,
    reportedBalance: null,
    reportedBalanceAt: null,
    generationHold: null,
    ...part,
  };
  return { type: 'customer', record };
}

export function subscriptionLine(
  part: Part<Subscription> & { currentPeriodStart: number },
): BookRecord {
  const record: Subscription = {
    plan: 'pro',
    creditsPerPeriod: 100,
    status: 'active',
    currentPeriodEnd: part.currentPeriodStart + 1,
    cancelAt: null,
    endedAt: null,
    ...part,
  };
  return { type: 'subscription', record };
}

export function paymentLine(part: Part<Payment> & { createdAt: number }): BookRecord {
  const record: Payment = {
    purpose: 'credit_pack',
    product: null,
    credits: null,
    amount: 4900,
    currency: 'usd',
    status: 'succeeded',
    capturedAt: null,
    amountCaptured: null,
    amountRefunded: null,
    refundedAt: null,
    disputeStatus: null,
    invoiceId: null,
    subscriptionId: null,
    periodStart: null,
    cardBrand: null,
    cardLast4: null,
    cardFingerprint: null,
    failureCode: null,
    declineCode: null,
    failureMessage: null,
    ...part,
  };
  return { type: 'payment', record };
}

export function refundLine(
  part: Part<Refund> & { paymentId: string; createdAt: number },
): BookRecord {
  const record: Refund = {
    amount: 4900,
    currency: 'usd',
    status: 'succeeded',
    reason: null,
    failureReason: null,
    bankReference: null,
    ...part,
  };
  return { type: 'refund', record };
}

export function invoiceLine(part: Part<Invoice> & { createdAt: number }): BookRecord {
  const record: Invoice = {
    number: null,
    status: 'paid',
    total: 4900,
    currency: 'usd',
    finalizedAt: null,
    paymentIds: [],
    billTo: { name: 'Name' },
    subscriptionId: null,
    revisionOf: null,
    ...part,
  };
  return { type: 'invoice', record };
}

export function entryLine(part: Part<LedgerEntry> & { occurredAt: number }): BookRecord {
  const record: LedgerEntry = {
    memberId: null,
    kind: 'adjustment',
    credits: 0,
    sequence: 0,
    balanceAfter: null,
    paymentId: null,
    generationId: null,
    note: null,
    ...part,
  };
  return { type: 'ledgerEntry', record };
}

export function generationLine(part: Part<Generation> & { startedAt: number }): BookRecord {
  const record: Generation = {
    memberId: null,
    kind: 'image',
    model: 'model-1',
    tier: 'standard',
    resolution: null,
    durationSeconds: null,
    count: null,
    status: 'succeeded',
    error: null,
    finishedAt: null,
    ...part,
  };
  return { type: 'generation', record };
}

export function setupLine(part: Part<SetupAttempt> & { at: number }): BookRecord {
  const record: SetupAttempt = {
    status: 'failed',
    failureCode: null,
    declineCode: null,
    cardBrand: null,
    cardFunding: null,
    ...part,
  };
  return { type: 'setupAttempt', record };
}
