import { z } from 'zod';
import {
  count,
  currency,
  id,
  instant,
  integer,
  listOf,
  notNegative,
  objectOf,
  oneOf,
  optional,
  orZero,
  seconds,
  text,
  yesOrNo,
} from '#app/domain/book/fields.ts';
import { fastObject, quickly } from '#app/domain/book/fast-parse.ts';
import * as known from '#app/domain/book/records.ts';
import type { EntryKind, RecordByType, RecordType } from '#app/domain/book/records.ts';

const customer = objectOf({
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

const member = objectOf({ id, customerId: id, name: text, email: text });

const subscription = objectOf({
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

const payment = objectOf({
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

const refund = objectOf({
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

const billTo = objectOf({
  name: text,
  email: optional(text),
  address: optional(text),
  taxId: optional(text),
});

const invoice = objectOf({
  id,
  customerId: id,
  number: optional(text),
  status: oneOf(known.INVOICE_STATUSES),
  total: integer,
  currency,
  createdAt: instant,
  finalizedAt: optional(instant),
  paymentIds: listOf(id),
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

const entry = {
  id,
  customerId: id,
  memberId: optional(id),
  kind: oneOf(known.ENTRY_KINDS),
  credits: integer,
  occurredAt: instant,
  sequence: orZero,
  balanceAfter: optional(integer),
  paymentId: optional(id),
  generationId: optional(id),
  note: optional(text),
};
const quickEntry = fastObject(entry);

const ledgerEntry = quickly(
  z.object(entry).superRefine(({ kind, credits }, context) => {
    const problem = wrongSign(kind, credits);
    if (problem)
      context.addIssue({ code: 'custom', path: ['credits'], message: `of a ${kind} ${problem}` });
  }),
  (value) => {
    const read = quickEntry(value);
    // Each field has been read by its own kind.
    const { kind, credits } = (read ?? {}) as Partial<RecordByType['ledgerEntry']>;
    const good = kind !== undefined && credits !== undefined && wrongSign(kind, credits) === null;
    return good ? read : undefined;
  },
);

const generation = objectOf({
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

const setupAttempt = objectOf({
  id,
  customerId: id,
  at: instant,
  status: oneOf(known.SETUP_STATUSES),
  failureCode: optional(text),
  declineCode: optional(text),
  cardBrand: optional(text),
  cardFunding: optional(oneOf(known.CARD_FUNDINGS)),
});

const watermark = objectOf({ id: oneOf(known.STREAMS), through: instant });

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
