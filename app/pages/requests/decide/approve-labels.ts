import { formatCreditCount } from '#app/domain/money/credits.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import type { RequestRefusal } from '#app/domain/requests/errors.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';

/** What a yes is given to, for the button that gives it: `$49.00 for`, and then the customer. */
export function describeApproval(content: RequestContent): string {
  switch (content.kind) {
    case 'refund':
      return `${formatMoney(content.amount, content.currency)} for`;
    case 'credit_adjustment':
      return content.credits > 0
        ? `${formatCreditCount(content.credits)} for`
        : `taking ${formatCreditCount(-content.credits)} from`;
    case 'generation_hold':
      return content.hold ? 'the hold for' : 'the end of the hold for';
  }
}

const firstReason = (...reasons: (string | null | undefined)[]): string | null =>
  reasons.find((reason) => reason !== null && reason !== undefined) ?? null;

/**
 * Why a person's yes would be refused, as far as the page knows; null: it knows of nothing. The service
 * looks at everything once more.
 */
export function approveDisabledReason(
  { whyNot, weighed, content }: RequestDetail,
  differences: readonly string[],
  refusal: RequestRefusal | null,
): string | null {
  if (whyNot.decide !== null) return whyNot.decide;
  const changed = differences.length > 0 || refusal?.refused === 'conflict';
  if (changed) return 'Something changed since you opened this. Review the changes first.';
  const obstacle = weighed?.guards.find(({ holds }) => !holds)?.words;
  const refused = weighed?.verdict.kind === 'refused' ? weighed.verdict.words : null;
  const spent =
    content.kind === 'refund' &&
    weighed?.content.kind === 'refund' &&
    weighed.content.takeBack < content.takeBack
      ? 'Some of the credits to take back have been spent. Send it back for a new amount.'
      : null;
  return firstReason(obstacle, refused, spent);
}
