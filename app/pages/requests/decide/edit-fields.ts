import { z } from 'zod';
import { amountText, creditsText } from '#app/domain/remedies/remedy-draft-schema.ts';
import { CREDIT_CHOICES, REFUND_GROUNDS } from '#app/domain/requests/request.ts';
import { recordId } from '#app/web/fields.ts';
import type { RequestEdit } from '#app/services/requests/lifecycle/edit-request.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';

/** What of a request can be changed, as forms send it. */
export const editFields = {
  reason: z.string().trim().min(1, { error: 'say why' }).max(LONGEST_REASON),
  amount: amountText.optional(),
  ground: z.enum(REFUND_GROUNDS).optional(),
  creditChoice: z.enum(CREDIT_CHOICES).optional(),
  credits: creditsText.optional(),
  /** Why it is wanted a second time, and after which request; only both together. */
  again: z.string().trim().max(LONGEST_REASON).optional(),
  after: recordId.optional(),
};

type Given = { [Name in keyof typeof editFields]?: z.output<(typeof editFields)[Name]> };

/** The same without what was left out. */
export const changeOf = (given: Given): RequestEdit['change'] => {
  const { credits, amount, ground, creditChoice, reason, again = '', after = '' } = given;
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(credits === undefined ? {} : { credits }),
    ...(amount === undefined ? {} : { amount }),
    ...(ground === undefined ? {} : { ground }),
    ...(creditChoice === undefined ? {} : { creditChoice }),
    ...(again === '' || after === '' ? {} : { again: { after, because: again } }),
  };
};
