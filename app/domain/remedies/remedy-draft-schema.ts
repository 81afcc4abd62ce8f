import { z } from 'zod';
import { MOST_EVIDENCE, isRecordRef } from '#app/domain/remedies/remedy-draft.ts';
import { ADJUSTMENT_CAUSES, CREDIT_CHOICES, REFUND_GROUNDS } from '#app/domain/requests/request.ts';
import type { RecordRef } from '#app/domain/book/record-ref.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';
/*
 * What a person asks for, as forms send it: whole numbers as their digits and nothing else, no
 * exponents, no other scripts' digits, no signs where none belong. Apart from the rest of it, so that
 * browsers need not load the reader.
 */

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
const recordRef = z.custom<RecordRef>(
  (ref) => typeof ref === 'string' && isRecordRef(ref),
  'expected a record',
);

/** A form has no null: an empty field stands for it, or none. */
const optionalId = z.union([z.literal('').transform(() => null), id.nullable()]).default(null);
const shared = {
  customerId: id,
  reason: z.string().trim().min(1, 'say why').max(LONGEST_REASON),
  // A form without any does not have the field.
  evidence: z.array(recordRef).max(MOST_EVIDENCE).default([]),
  flagId: optionalId,
  again: z
    .strictObject({ after: id, because: z.string().trim().min(1).max(LONGEST_REASON) })
    .exactOptional(),
};

/** The fields of the remedy forms. */
export const remedyDraftSchema = z.discriminatedUnion('kind', [
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
