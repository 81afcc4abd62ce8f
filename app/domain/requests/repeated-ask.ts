import { HOUR } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';
import { STATE_WORDS } from '#app/domain/requests/life.ts';
import { titleOf } from '#app/domain/requests/request-words.ts';
import { RESERVING_STATES } from '#app/domain/requests/request.ts';
import type { RequestContent, RequestState } from '#app/domain/requests/request.ts';
import { agoInWords } from '#app/domain/time.ts';

/*
 * The same asked for twice: by a second tab, a colleague, a script. What was carried out lately, or is still
 * open, is not asked for once more unless somebody says why.
 */

/** Another request, as far as it may be the same. */
export interface EarlierAsk {
  id: string;
  state: RequestState;
  content: RequestContent;
  /** When it came to its state. */
  changedAt: Instant;
}

const isOpen = (state: RequestState): boolean =>
  RESERVING_STATES.some((reserving) => reserving === state);

/** Since when something that was carried out stands in the way of the same. */
export const repeatedSince = (now: Instant, repeatHours: number): Instant =>
  now - repeatHours * HOUR;

/** Whether two ask for one and the same; who asks and on what ground makes no difference. */
export function isSameAsk(one: RequestContent, other: RequestContent): boolean {
  if (one.customerId !== other.customerId) return false;
  switch (one.kind) {
    case 'refund':
      return (
        other.kind === 'refund' &&
        one.paymentId === other.paymentId &&
        one.amount === other.amount &&
        one.currency === other.currency
      );
    case 'credit_adjustment':
      return (
        other.kind === 'credit_adjustment' &&
        one.paymentId === other.paymentId &&
        one.generationId === other.generationId &&
        one.credits === other.credits
      );
    case 'generation_hold':
      return other.kind === 'generation_hold' && one.hold === other.hold;
  }
}

/**
 * The request that an ask would repeat without saying so; null: none.
 * @param earlier other requests of the customer, the latest first.
 */
export function repeatOf<T extends EarlierAsk>(
  content: RequestContent,
  earlier: readonly T[],
  since: Instant,
): T | null {
  const counting = earlier.filter(
    ({ state, changedAt }) => isOpen(state) || (state === 'succeeded' && changedAt > since),
  );
  // A hold that was let go since may be wanted anew: only the last word on holds counts.
  const holds = counting.find((other) => other.content.kind === 'generation_hold');
  const same =
    content.kind === 'generation_hold'
      ? holds && isSameAsk(content, holds.content)
        ? holds
        : undefined
      : counting.find((other) => isSameAsk(content, other.content));
  return same === undefined || same.id === content.again?.after ? null : same;
}

/** What whoever asks for the same is told. */
export function sayRepeat(first: EarlierAsk, now: Instant): string {
  const what = titleOf(first.content);
  const stands =
    first.state === 'succeeded'
      ? `was asked for and carried out ${agoInWords(first.changedAt, now)}`
      : `has been asked for already and is ${STATE_WORDS[first.state]}`;
  return `The same ${stands}: ${what}.`;
}
