import { formatCredits } from '#app/domain/money/credits.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import { MOST_EVIDENCE, isRecordRef } from '#app/domain/remedies/remedy-draft.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import type { AdjustmentContent, RefundContent } from '#app/domain/requests/request.ts';
import type { RecordRef } from '#app/domain/book/record-ref.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';
import { parseRef } from '#app/domain/book/record-ref.ts';
/** A remedy ready to be asked for: what the button says, and the form as it opens. */
export interface Suggestion {
  /** `Grant 5,000`, `Refund $49.00…`, `Hold generations`. */
  label: string;
  asked: RemedyDraft;
  /** `main`: what the promise asks for; of an offer at most one, the first. */
  emphasis: 'main' | 'other';
  /** Why it cannot be asked for now: another remedy of the record is open or done. */
  whyNot?: string;
}

/** What is offered for a flag or a row. */
export interface Offer {
  proposals: Suggestion[];
  /** One sentence for the agent; null where something is proposed. */
  whyNone: string | null;
}

/** What every remedy of one flag or row has in common. */
export type Grounds = Pick<RemedyDraft, 'customerId' | 'reason' | 'evidence' | 'flagId'>;

type Emphasis = Suggestion['emphasis'];

/** As many digits as the forms carry. */
const LARGEST = 999_999_999_999;
const fits = (count: number): boolean =>
  Number.isSafeInteger(count) && count > 0 && count <= LARGEST;

type RefundOf = Pick<RefundContent, 'paymentId' | 'amount' | 'ground' | 'creditChoice'> & {
  currency: string | null;
};

/** A refund; none where there is no amount to give back. */
export function suggestRefund(
  grounds: Grounds,
  { currency, ...refund }: RefundOf,
  emphasis: Emphasis,
): Suggestion[] {
  if (!fits(refund.amount) || currency === null || !/^[a-z]{3}$/.test(currency)) return [];
  const label = `Refund ${formatMoney(refund.amount, currency)}…`;
  return [{ label, asked: { kind: 'refund', ...grounds, ...refund, currency }, emphasis }];
}

type CreditsOf = Pick<AdjustmentContent, 'credits' | 'cause'> &
  Partial<Pick<AdjustmentContent, 'paymentId' | 'generationId'>>;

/** Credits given (above 0) or taken; none where there are none. */
export function suggestCredits(
  verb: 'Grant' | 'Return' | 'Set right' | 'Revoke' | 'Take back',
  grounds: Grounds,
  { credits, cause, paymentId = null, generationId = null }: CreditsOf,
): Suggestion[] {
  if (!fits(Math.abs(credits))) return [];
  const count =
    verb === 'Set right'
      ? formatCredits(credits, { signed: true })
      : formatCredits(Math.abs(credits));
  return [
    {
      label: `${verb} ${count}`,
      asked: { kind: 'credit_adjustment', ...grounds, credits, cause, paymentId, generationId },
      emphasis: 'main',
    },
  ];
}

/** `none` is said where nothing is proposed. */
export const offerOf = (proposals: Suggestion[], none: string): Offer => ({
  proposals,
  whyNone: proposals.length === 0 ? none : null,
});

/** The id of `type:id`. */
export const idOf = (ref: RecordRef): string => parseRef(ref).id;

/** The subject first, then what proves it: each once, and no more than a request takes. */
export const evidenceFrom = (subject: RecordRef, evidence: readonly RecordRef[]): RecordRef[] =>
  [...new Set([subject, ...evidence])].filter(isRecordRef).slice(0, MOST_EVIDENCE);

/** A sentence as a reason, cut where it is too long for one; `addition` always stays whole. */
export function reasonFrom(sentence: string, addition = ''): string {
  const end = addition === '' ? '' : ` ${addition}`;
  const text = sentence.trim();
  const most = LONGEST_REASON - end.length;
  if (text.length <= most) return `${text}${end}`;
  // A character is not cut in half.
  return `${text
    .slice(0, most - 1)
    .replace(/[\uD800-\uDBFF]$/u, '')
    .trimEnd()}…${end}`;
}
