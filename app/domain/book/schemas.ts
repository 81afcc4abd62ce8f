import { z } from 'zod';
import {
  count,
  currency,
  id,
  instant,
  integer,
  notNegative,
  oneOf,
  optional,
  seconds,
  text,
  yesOrNo,
} from '#app/domain/book/fields.ts';
import * as known from '#app/domain/book/records.ts';
import type { EntryKind, RecordByType, RecordType } from '#app/domain/book/records.ts';

const customer = z.object({
  id,
  name: text,
  email: text,
  stripeCustomerId: optional(id),
  createdAt: instant,
  timeZone: optional(text),
  reportedBalance: optional(integer),
  reportedBalanceAt: optional(instant),
  generationHold: optional(yesOrNo),
});

const member = z.object({ id, customerId: id, name: text, email: text });

const subscription = z.object({
  id,
  customerId: id,
  plan: text,
  creditsPerPeriod: notNegative,
  status: oneOf(known.SUBSCRIPTION_STATUSES),
  currentPeriodStart: instant,
  currentPeriodEnd: instant,
  cancelAt: optional(instant),
  endedAt: optional(instant),
});

const payment = z.object({
  id,
  customerId: id,
  purpose: oneOf(known.PAYMENT_PURPOSES),
  product: optional(text),
  credits: optional(notNegative),
  amount: notNegative,
  currency,
  status: oneOf(known.PAYMENT_STATUSES),
  createdAt: instant,
  capturedAt: optional(instant),
  amountCaptured: optional(notNegative),
  amountRefunded: optional(notNegative),
  refundedAt: optional(instant),
  disputeStatus: optional(oneOf(known.DISPUTE_STATUSES)),
  invoiceId: optional(id),
  subscriptionId: optional(id),
  periodStart: optional(instant),
  cardBrand: optional(text),
  cardLast4: optional(text),
  cardFingerprint: optional(text),
  failureCode: optional(text),
  declineCode: optional(text),
  failureMessage: optional(text),
});

const refund = z.object({
  id,
  customerId: id,
  paymentId: id,
  amount: notNegative,
  currency,
  status: oneOf(known.REFUND_STATUSES),
  reason: optional(text),
  createdAt: instant,
  failureReason: optional(text),
  bankReference: optional(text),
});

const billTo = z.object(
  { name: text, email: optional(text), address: optional(text), taxId: optional(text) },
  {
    error: ({ input }) =>
      input === undefined || input === null ? 'is missing' : 'must be an object',
  },
);

const invoice = z.object({
  id,
  customerId: id,
  number: optional(text),
  status: oneOf(known.INVOICE_STATUSES),
  total: integer,
  currency,
  createdAt: instant,
  finalizedAt: optional(instant),
  paymentIds: z.array(id, {
    error: ({ input }) =>
      input === undefined || input === null ? 'is missing' : 'must be an array',
  }),
  billTo,
  subscriptionId: optional(id),
  revisionOf: optional(text),
});

/** The sign that the credits of an entry may not have; an adjustment may have either. */
const wrongSign = (kind: EntryKind, credits: number): string | null => {
  if (kind === 'adjustment' || credits === 0) return null;
  const takes = kind === 'usage' || kind === 'revocation' || kind === 'expiry';
  if (takes === credits < 0) return null;
  return takes ? 'must not be above 0' : 'must not be negative';
};

const ledgerEntry = z
  .object({
    id,
    customerId: id,
    memberId: optional(id),
    kind: oneOf(known.ENTRY_KINDS),
    credits: integer,
    occurredAt: instant,
    // The cast: null has become 0 by then, which the type of an overwrite cannot say.
    sequence: z
      .nullable(integer)
      .check(z.overwrite((value) => value ?? 0))
      .default(0) as unknown as z.ZodType<number>,
    balanceAfter: optional(integer),
    paymentId: optional(id),
    generationId: optional(id),
    note: optional(text),
  })
  .superRefine(({ kind, credits }, context) => {
    const problem = wrongSign(kind, credits);
    if (problem)
      context.addIssue({ code: 'custom', path: ['credits'], message: `of a ${kind} ${problem}` });
  });

const generation = z.object({
  id,
  customerId: id,
  memberId: optional(id),
  kind: oneOf(known.GENERATION_KINDS),
  model: text,
  tier: text,
  resolution: optional(oneOf(known.RESOLUTIONS)),
  durationSeconds: optional(seconds),
  count: optional(count),
  status: oneOf(known.GENERATION_STATUSES),
  error: optional(text),
  startedAt: instant,
  finishedAt: optional(instant),
});

const setupAttempt = z.object({
  id,
  customerId: id,
  at: instant,
  status: oneOf(known.SETUP_STATUSES),
  failureCode: optional(text),
  declineCode: optional(text),
  cardBrand: optional(text),
  cardFunding: optional(oneOf(known.CARD_FUNDINGS)),
});

const watermark = z.object({ id: oneOf(known.STREAMS), through: instant });

/** One schema a record type: what each field of the book format may hold, and nothing stricter. */
export const SCHEMAS = {
  customer,
  member,
  subscription,
  payment,
  refund,
  invoice,
  ledgerEntry,
  generation,
  setupAttempt,
  watermark,
} satisfies { [T in RecordType]: z.ZodType<RecordByType[T]> };
