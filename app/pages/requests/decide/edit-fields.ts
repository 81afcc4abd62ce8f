import { z } from 'zod';
import { amountText, creditsText } from '#app/domain/remedies/remedy-draft-schema.ts';
import { LONGEST_REASON } from '#app/domain/remedies/remedy-draft.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { CREDIT_CHOICES, REFUND_GROUNDS } from '#app/domain/requests/request.ts';
import { recordId } from '#app/web/fields.ts';
import type { RequestEdit } from '#app/services/requests/lifecycle/edit-request.ts';

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

const againFieldsOf = ({ again }: RemedyDraft): Record<string, string> =>
  again === undefined ? {} : { again: again.because, after: again.after };

/** What is asked instead, as the fields of the form that changes a request. */
export function editFieldsOf(draft: RemedyDraft): Record<string, string> {
  const shared = { reason: draft.reason, ...againFieldsOf(draft) };
  switch (draft.kind) {
    case 'refund': {
      const { amount, ground, creditChoice } = draft;
      return { amount: String(amount), ground, creditChoice, ...shared };
    }
    case 'credit_adjustment':
      return { credits: String(draft.credits), ...shared };
    case 'generation_hold':
      return shared;
  }
}

export const writeEdit = (draft: RemedyDraft): string =>
  new URLSearchParams(editFieldsOf(draft)).toString();
