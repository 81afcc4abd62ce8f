import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';

const againFieldsOf = ({ again }: RemedyDraft): Record<string, string> =>
  again === undefined ? {} : { again: again.because, after: again.after };

/**
 * What is asked instead, as the fields of the form that changes a request.
 * @internal
 */
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
