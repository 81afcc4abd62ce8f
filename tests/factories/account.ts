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
} from '#app/domain/book/book.ts';

/** A Monday, noon UTC: where the cases of the rules begin. */
export const T = Date.parse('2026-05-04T12:00:00.000Z');

export const customer = (change: Partial<BookCustomer> = {}): BookCustomer => ({
  id: 'org_1',
  createdAt: T - 1_000,
  reportedBalance: null,
  reportedBalanceAt: null,
  ...change,
});

/** $49.00 captured at T for 5,000 credits. */
export const payment = (change: Partial<BookPayment> = {}): BookPayment => ({
  id: 'ch_1',
  purpose: 'credit_pack',
  product: 'pack_5000',
  credits: 5_000,
  amount: 4_900,
  currency: 'usd',
  status: 'succeeded',
  createdAt: change.capturedAt ?? T,
  capturedAt: T,
  amountCaptured: null,
  amountRefunded: null,
  refundedAt: null,
  disputeStatus: null,
  invoiceId: null,
  subscriptionId: null,
  periodStart: null,
  ...change,
});

export const refund = (change: Partial<BookRefund> = {}): BookRefund => ({
  id: 're_1',
  paymentId: 'ch_1',
  amount: 4_900,
  currency: 'usd',
  status: 'succeeded',
  createdAt: T,
  ...change,
});

export const invoice = (change: Partial<BookInvoice> = {}): BookInvoice => ({
  id: 'in_1',
  createdAt: T,
  paymentIds: [],
  ...change,
});

/** 5,000 credits of a purchase at T, under no payment's id. */
export const entry = (change: Partial<BookEntry> = {}): BookEntry => ({
  id: 'le_1',
  kind: 'purchase',
  credits: 5_000,
  occurredAt: T,
  sequence: 0,
  balanceAfter: null,
  paymentId: null,
  generationId: null,
  ...change,
});

/** Three pro images at 2K, which cost 48 credits; they took a minute. */
export const generation = (change: Partial<BookGeneration> = {}): BookGeneration => ({
  id: 'gen_1',
  kind: 'image',
  tier: 'pro',
  resolution: '2K',
  durationSeconds: null,
  count: 3,
  status: 'succeeded',
  startedAt: T,
  finishedAt: T + 60_000,
  ...change,
});

/** What a generation took (below 0) or gave back. */
export const usage = (credits: number, change: Partial<BookEntry> = {}): BookEntry =>
  entry({
    id: `le_use${credits}`,
    kind: credits > 0 ? 'return' : 'usage',
    credits,
    generationId: 'gen_1',
    ...change,
  });

export const subscription = (change: Partial<BookSubscription> = {}): BookSubscription => ({
  id: 'sub_1',
  plan: 'studio',
  status: 'active',
  currentPeriodStart: T,
  currentPeriodEnd: T + 30 * 86_400_000,
  cancelAt: null,
  endedAt: null,
  ...change,
});

export const setupAttempt = (change: Partial<BookSetupAttempt> = {}): BookSetupAttempt => ({
  id: 'sa_1',
  at: T,
  status: 'failed',
  ...change,
});

/** A book of one customer; entries must be given in their order. */
export const book = (change: Partial<Book> = {}): Book => ({
  customerId: 'org_1',
  customer: customer(),
  subscriptions: [],
  payments: [],
  refunds: [],
  invoices: [],
  entries: [],
  generations: [],
  setupAttempts: [],
  ...change,
});
