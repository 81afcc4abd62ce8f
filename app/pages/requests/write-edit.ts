import type { Asked } from '#app/domain/requests/asked.ts';

const againFieldsOf = ({ again }: Asked): Record<string, string> =>
  again === undefined ? {} : { again: again.because, after: again.after };

/** What is asked instead, as the fields of the form that changes a request. */
export function editFieldsOf(asked: Asked): Record<string, string> {
  const shared = { reason: asked.reason, ...againFieldsOf(asked) };
  switch (asked.kind) {
    case 'refund': {
      const { amount, ground, creditChoice } = asked;
      return { amount: String(amount), ground, creditChoice, ...shared };
    }
    case 'credit_adjustment':
      return { credits: String(asked.credits), ...shared };
    case 'generation_hold':
      return shared;
  }
}

export const writeEdit = (asked: Asked): string =>
  new URLSearchParams(editFieldsOf(asked)).toString();
