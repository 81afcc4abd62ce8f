import { HOUR } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { STATE_LABELS } from '#app/domain/requests/state-machine.ts';
import { titleOf } from '#app/domain/requests/labels.ts';
import { RESERVING_STATES } from '#app/domain/requests/request.ts';
import type {
  AdjustmentContent,
  RequestContent,
  RequestState,
} from '#app/domain/requests/request.ts';
import { formatAgo } from '#app/domain/time/format-time.ts';

/*
 * Two requests about one thing: by a second tab, a colleague, a script. What was carried out lately, or is
 * still open, is not followed by another one unless somebody says why. The amount makes no difference: one
 * cent more is no other thing.
 */

/** Another request, as far as it may be about the same. */
export interface EarlierRequest {
  id: string;
  state: RequestState;
  content: RequestContent;
  requestedAt: Instant;
  /** When it came to its state. */
  changedAt: Instant;
}

const isOpen = (state: RequestState): boolean =>
  RESERVING_STATES.some((reserving) => reserving === state);

/** Since when something that was carried out stands in the way of the same. */
export const repeatWindowStart = (now: Instant, repeatHours: number): Instant =>
  now - repeatHours * HOUR;

/** The record that credits are given or taken for; without one it is the customer alone. */
const subjectOf = ({ generationId, paymentId }: AdjustmentContent): string =>
  generationId !== null ? `generation:${generationId}` : `payment:${paymentId ?? ''}`;

/**
 * Whether two are about one thing: the same payment's money, the same record's credits in the same direction,
 * the same customer's credits where no record is named. How much, who asks and on what ground does not matter.
 * @internal
 */
export function isAboutSame(one: RequestContent, other: RequestContent): boolean {
  if (one.customerId !== other.customerId) return false;
  switch (one.kind) {
    case 'refund':
      return other.kind === 'refund' && one.paymentId === other.paymentId;
    case 'credit_adjustment':
      return (
        other.kind === 'credit_adjustment' &&
        subjectOf(one) === subjectOf(other) &&
        one.credits > 0 === other.credits > 0
      );
    case 'generation_hold':
      return other.kind === 'generation_hold' && one.hold === other.hold;
  }
}

interface Looking {
  /** What was carried out before counts no more. */
  since: Instant;
  /** The request that is changed to it; null: it is asked for anew. What came later has its own reason. */
  own: Pick<EarlierRequest, 'id' | 'content' | 'requestedAt'> | null;
}

type Place = Pick<EarlierRequest, 'id' | 'requestedAt'>;
const isBefore = (one: Place, other: Place): boolean =>
  one.requestedAt < other.requestedAt ||
  (one.requestedAt === other.requestedAt && one.id < other.id);

/**
 * The request that another one would follow without saying so; null: none.
 * @param earlier other requests of the customer, the latest first.
 */
export function repeatOf<T extends EarlierRequest>(
  content: RequestContent,
  earlier: readonly T[],
  { since, own }: Looking,
): T | null {
  // Its reason was given when it was asked for, and the decider has it.
  if (own?.content.again !== undefined && isAboutSame(own.content, content)) return null;
  const counting = earlier.filter(
    (other) =>
      (isOpen(other.state) || (other.state === 'succeeded' && other.changedAt > since)) &&
      (own === null || isBefore(other, own)),
  );
  // A hold that was let go since may be wanted anew: only the last word on holds counts.
  const holds = counting.find((other) => other.content.kind === 'generation_hold');
  const same =
    content.kind === 'generation_hold'
      ? holds && isAboutSame(content, holds.content)
        ? holds
        : undefined
      : counting.find((other) => isAboutSame(content, other.content));
  return same === undefined || same.id === content.again?.after ? null : same;
}

/** Of two about the same, whether they are the same in all that can be sent. */
export const isAlike = (one: RequestContent, other: RequestContent): boolean =>
  one.kind === 'refund'
    ? other.kind === 'refund' && one.amount === other.amount
    : one.kind !== 'credit_adjustment' ||
      (other.kind === 'credit_adjustment' && one.credits === other.credits);

/** `The same`, `Another refund of this payment` */
function describeSubject(content: RequestContent, first: RequestContent): string {
  if (isAlike(content, first) || first.kind === 'generation_hold') return 'The same';
  if (first.kind === 'refund') return 'Another refund of this payment';
  const what = first.credits > 0 ? 'Another grant of credits' : 'Another take-back of credits';
  if (first.generationId !== null) return `${what} for this generation`;
  return `${what} ${first.paymentId === null ? 'for this customer' : 'for this payment'}`;
}

/** What whoever asks for it, and whoever decides, is told of the one before. */
export function describeRepeat(
  content: RequestContent,
  first: Pick<EarlierRequest, 'state' | 'content' | 'changedAt'>,
  now: Instant,
): string {
  const stands =
    first.state === 'succeeded'
      ? `was requested and completed ${formatAgo(first.changedAt, now)}`
      : `was already requested and is ${STATE_LABELS[first.state]}`;
  return `${describeSubject(content, first.content)} ${stands}: ${titleOf(first.content)}.`;
}
