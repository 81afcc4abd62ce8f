import { useState } from 'react';
import { contentDifferences } from '#app/domain/requests/diff-content.ts';
import { chargeDifferences } from '#app/domain/remedies/refund-guards.ts';
import type { ChargeFacts } from '#app/domain/remedies/refund-guards.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';

/** What a person has been shown of a request: a decision is bound to it. */
export interface ShownSnapshot {
  hash: string;
  content: RequestContent;
  /** Refunds: the charge as it was; null where Stripe could not tell, or there is none. */
  charge: ChargeFacts | null;
}

const shownBy = ({ line, content, weighed }: RequestDetail): ShownSnapshot => ({
  hash: line.hash,
  content,
  charge: weighed?.seen ?? null,
});

/**
 * What is different from what the person was shown, a sentence each.
 * @internal
 */
export function differencesSince(seen: ShownSnapshot, now: ShownSnapshot): string[] {
  const draft = seen.hash === now.hash ? [] : contentDifferences(seen.content, now.content);
  const again = seen.hash !== now.hash && draft.length === 0 ? ['It was resubmitted.'] : [];
  const charge = seen.charge && now.charge ? chargeDifferences(seen.charge, now.charge) : [];
  return [...draft, ...again, ...charge];
}

/**
 * Keeps what was shown first: facts that arrive later change the page, and what has changed is said until
 * the person has looked at it. A decision carries what they have seen, never what came since.
 */
export function useShownSnapshot(page: RequestDetail) {
  const now = shownBy(page);
  const [seen, setSeen] = useState(now);
  return {
    // Stripe could not tell at first: what it tells now is the first that is shown.
    seen: { ...seen, charge: seen.charge ?? now.charge },
    differences: differencesSince(seen, now),
    look: () => setSeen(now),
  };
}
