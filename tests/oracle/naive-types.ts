import type {
  Customer,
  Generation,
  Invoice,
  LedgerEntry,
  Payment,
  Refund,
  SetupAttempt,
  Stream,
  Subscription,
} from '#app/domain/book/records.ts';

/*
 * The second implementation of the rules: plain loops over whole records, written from the
 * description of the book and from nothing in the program, so that the two can be compared. Slow on
 * purpose. It shares no code with the program, only the types of the records.
 */

/** A finding in its public form. Evidence stands only where the description says what it is. */
export interface NaiveFinding {
  rule: string;
  customerId: string;
  subject: string;
  severity: 'critical' | 'high' | 'medium' | 'low';
  confidence: 'confirmed' | 'possible';
  credits?: number;
  amount?: number;
  currency?: string;
  /** ISO 8601, UTC, three decimals. */
  since: string;
  evidence?: string[];
}

/** The policy as its JSON document says it; durations read `15m`, `24h`. */
export interface NaivePolicy {
  grace: {
    credit_pack: string;
    renewal: string;
    upgrade: string;
    failedGeneration: string;
    invoice: string;
  };
  duplicateWindow: string;
  rateCard: {
    image: Record<string, number>;
    resolution: Record<string, number>;
    video: Record<string, number>;
    training: number;
  };
  refundBusinessDays: number;
  revokeWithin: string;
  balanceTolerance: string;
  failedPayments: { count: number; within: string };
  failedSetups: { count: number; within: string };
}

export interface NaivePolicyVersion {
  /** Epoch milliseconds. */
  appliesFrom: number;
  policy: NaivePolicy;
}

/** One customer's records that have happened at `asOf`, entries in their order. */
export interface Seen {
  customerId: string;
  asOf: number;
  customer: Customer | undefined;
  subscriptions: Subscription[];
  payments: Payment[];
  refunds: Refund[];
  invoices: Invoice[];
  entries: LedgerEntry[];
  generations: Generation[];
  setupAttempts: SetupAttempt[];
  /** In force at `asOf`. */
  policy: NaivePolicy;
  policies: NaivePolicyVersion[];
  /** True where the stream is known to `t`, inclusive. */
  known(stream: Stream, t: number): boolean;
}
