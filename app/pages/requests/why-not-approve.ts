import type { RequestRefusal } from '#app/domain/requests/refusal.ts';
import type { RequestPage } from '#app/services/money/load-request-page.ts';

const firstReason = (...reasons: (string | null | undefined)[]): string | null =>
  reasons.find((reason) => reason !== null && reason !== undefined) ?? null;

/**
 * Why a person's yes would be refused, as far as the page knows; null: it knows of nothing. The service
 * looks at everything once more.
 */
export function whyNotApprove(
  { whyNot, weighed, content }: RequestPage,
  differences: readonly string[],
  refusal: RequestRefusal | null,
): string | null {
  if (whyNot.decide !== null) return whyNot.decide;
  const changed = differences.length > 0 || refusal?.refused === 'conflict';
  if (changed) return 'It has changed since it was shown to you: look at what is different first.';
  const obstacle = weighed?.guards.find(({ holds }) => !holds)?.words;
  const refused = weighed?.verdict.kind === 'refused' ? weighed.verdict.words : null;
  const spent =
    content.kind === 'refund' &&
    weighed?.content.kind === 'refund' &&
    weighed.content.takeBack < content.takeBack
      ? 'The credits to take back have been spent in part: send it back to be asked anew.'
      : null;
  return firstReason(obstacle, refused, spent);
}
