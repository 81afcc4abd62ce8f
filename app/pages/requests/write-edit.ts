import type { Asked } from '#app/domain/requests/asked.ts';

/** What is asked instead, as the fields of the form that changes a request. */
export function editFieldsOf(asked: Asked): Record<string, string> {
  const { reason } = asked;
  switch (asked.kind) {
    case 'refund': {
      const { amount, ground, creditChoice } = asked;
      return { amount: String(amount), ground, creditChoice, reason };
    }
    case 'credit_adjustment':
      return { credits: String(asked.credits), reason };
    case 'generation_hold':
      return { reason };
  }
}

export const writeEdit = (asked: Asked): string =>
  new URLSearchParams(editFieldsOf(asked)).toString();
