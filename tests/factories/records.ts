import type { BookRecord, RecordByType, Stream } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';

/** A Monday, noon UTC. */
export const T = Date.parse('2026-05-04T12:00:00.000Z');

type Change<K extends keyof RecordByType> = Partial<RecordByType[K]> & { id: string };

/** $49.00 captured at T for 5,000 credits, invoiced as itself says. */
export const paid = (change: Change<'payment'>): BookRecord => ({
  type: 'payment',
  record: {
    customerId: 'org_1',
    purpose: 'credit_pack',
    product: 'pack_5000',
    credits: 5_000,
    amount: 4_900,
    currency: 'usd',
    status: 'succeeded',
    createdAt: T,
    capturedAt: T,
    amountCaptured: null,
    amountRefunded: null,
    refundedAt: null,
    disputeStatus: null,
    invoiceId: null,
    subscriptionId: null,
    periodStart: null,
    cardBrand: 'visa',
    cardLast4: '4242',
    cardFingerprint: null,
    failureCode: null,
    declineCode: null,
    failureMessage: null,
    ...change,
  },
});

export const entry = (change: Change<'ledgerEntry'>): BookRecord => ({
  type: 'ledgerEntry',
  record: {
    customerId: 'org_1',
    memberId: null,
    kind: 'usage',
    credits: -24,
    occurredAt: T,
    sequence: 0,
    balanceAfter: null,
    paymentId: null,
    generationId: null,
    note: null,
    ...change,
  },
});

export const generated = (change: Change<'generation'>): BookRecord => ({
  type: 'generation',
  record: {
    customerId: 'org_1',
    memberId: null,
    kind: 'image',
    model: 'flux-2',
    tier: 'pro',
    resolution: '4K',
    durationSeconds: null,
    count: 1,
    status: 'succeeded',
    error: null,
    startedAt: T,
    finishedAt: T + 20_000,
    ...change,
  },
});

export const invoiced = (change: Change<'invoice'>): BookRecord => ({
  type: 'invoice',
  record: {
    customerId: 'org_1',
    number: null,
    status: 'paid',
    total: 4_900,
    currency: 'usd',
    createdAt: T,
    finalizedAt: T,
    paymentIds: [],
    billTo: { name: 'Løvely Studio' },
    subscriptionId: null,
    revisionOf: null,
    ...change,
  },
});

export const known = (id: Stream, through: Instant): BookRecord => ({
  type: 'watermark',
  record: { id, through },
});
