import { z } from 'zod';
import { ADJUSTMENT_CAUSES, CREDIT_CHOICES, REFUND_GROUNDS } from '#app/domain/requests/request.ts';
import type {
  AdjustmentContent,
  HoldContent,
  RefundContent,
} from '#app/domain/requests/request.ts';

/*
 * What a person asks for. The forms carry whole numbers as their digits and nothing else: no
 * exponents, no other scripts' digits, no signs where none belong.
 */

/** What is asked; how many credits a refund takes back is worked out from it. */
export type Asked = Omit<RefundContent, 'takeBack'> | AdjustmentContent | HoldContent;

export const LONGEST_REASON = 500;
export const MOST_EVIDENCE = 40;

/** Minor units above 0, as a form sends them. */
export const amountText = z
  .string()
  .regex(/^[1-9]\d{0,11}$/, 'write a whole number of the smallest unit, above 0')
  .transform(Number);
/** Signed credits, never 0. */
export const creditsText = z
  .string()
  .regex(/^-?[1-9]\d{0,11}$/, 'write a whole number of credits, not 0')
  .transform(Number);

/** A form's word for it. */
const yesOrNo = z.enum(['true', 'false']).transform((word) => word === 'true');

const id = z.string().min(1).max(255);
/** `type:id` of a record. */
export const recordRef = z
  .string()
  .max(280)
  .regex(/^[A-Za-z]+:.+$/su, 'expected a record')
  // The pattern above is the type's.
  .transform((ref) => ref as `${string}:${string}`);
/** A form has no null: an empty field stands for it. */
const optionalId = z.union([z.literal('').transform(() => null), id.nullable()]);
const shared = {
  customerId: id,
  reason: z.string().trim().min(1, 'say why').max(LONGEST_REASON),
  // A form without any does not have the field.
  evidence: z.array(recordRef).max(MOST_EVIDENCE).default([]),
  flagId: optionalId,
};

/** The fields of the remedy forms. */
export const askedSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('refund'),
    ...shared,
    paymentId: id,
    amount: amountText,
    currency: z.string().regex(/^[a-z]{3}$/, 'expected a currency'),
    ground: z.enum(REFUND_GROUNDS),
    creditChoice: z.enum(CREDIT_CHOICES),
  }),
  z.strictObject({
    kind: z.literal('credit_adjustment'),
    ...shared,
    credits: creditsText,
    cause: z.enum(ADJUSTMENT_CAUSES),
    paymentId: optionalId,
    generationId: optionalId,
  }),
  z.strictObject({ kind: z.literal('generation_hold'), ...shared, hold: yesOrNo }),
]);

/** The charge as it was shown to whoever decides, as their form sends it back. */
export const seenCharge = z.strictObject({
  captured: z.boolean(),
  amountCaptured: z.int(),
  amountRefunded: z.int(),
  currency: z.string().max(3),
  blockedByDispute: z.boolean(),
});

type Fields = Record<string, string>;

/**
 * What is wrong with what was asked, seen by itself; by field, empty: nothing. Of amounts it says no
 * more than that they are none: what may be refunded the guards say.
 */
export function faultsOf(asked: Asked): Fields {
  const faults: Fields = {};
  const reason = asked.reason.trim();
  if (reason === '') faults['reason'] = 'Say why.';
  if (reason.length > LONGEST_REASON) {
    faults['reason'] = `Say it in at most ${LONGEST_REASON} characters.`;
  }
  if (asked.evidence.length > MOST_EVIDENCE) {
    faults['evidence'] = `Attach at most ${MOST_EVIDENCE} records.`;
  }
  return { ...faults, ...faultsOfKind(asked) };
}

function faultsOfKind(asked: Asked): Fields {
  switch (asked.kind) {
    case 'refund': {
      const faults: Fields = {};
      if (!Number.isSafeInteger(asked.amount) || asked.amount <= 0) {
        faults['amount'] = 'The amount must be a whole number of minor units above 0.';
      }
      if (asked.ground !== 'other' && asked.evidence.length === 0) {
        faults['evidence'] = 'This ground needs its proof: attach the records that show it.';
      }
      return faults;
    }
    case 'credit_adjustment': {
      const faults: Fields = {};
      if (!Number.isSafeInteger(asked.credits) || asked.credits === 0) {
        faults['credits'] = 'Credits must be a whole number other than 0.';
      }
      if (asked.cause === 'refund_take_back') {
        faults['cause'] = 'Credits of a refund are taken back with the refund itself.';
      }
      return faults;
    }
    case 'generation_hold':
      return {};
  }
}
