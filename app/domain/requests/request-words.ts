import { creditsInWords } from '#app/domain/credits.ts';
import { formatMoney } from '#app/domain/money.ts';
import type { RequestEventKind } from '#app/domain/requests/history.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import type {
  AdjustmentCause,
  CreditChoice,
  RefundGround,
  RequestContent,
  RequestKind,
} from '#app/domain/requests/request.ts';
import type { Facts } from '#app/domain/rules/rule.ts';

export const GROUND_WORDS: Record<RefundGround, string> = {
  technical_issue: 'Technical issue that prevented use',
  duplicate_charge: 'Duplicate charge',
  charge_after_cancellation: 'Charge after cancellation',
  other: 'Another ground',
};

export const CAUSE_WORDS: Record<AdjustmentCause, string> = {
  missing_credits: 'Credits that never came',
  failed_generation: 'Failed generation',
  overcharged_generation: 'Overcharged generation',
  negative_balance: 'Negative balance set right',
  excess_credits: 'Credits beyond what was bought',
  refund_take_back: 'Taken back with a refund',
  other: 'Another cause',
};

export const CHOICE_WORDS: Record<CreditChoice, string> = {
  take_back_unspent: 'Take back what is unspent',
  take_back_all: 'Take back all',
  keep: 'Leave them',
};

export const KIND_WORDS: Record<RequestKind, string> = {
  refund: 'Refunds',
  credit_adjustment: 'Credit adjustments',
  generation_hold: 'Generation holds',
};

/** `Refund $49.00`, `Grant 5,000 credits`, `Hold generations`. */
export function titleOf(content: RequestContent): string {
  switch (content.kind) {
    case 'refund':
      return `Refund ${formatMoney(content.amount, content.currency)}`;
    case 'credit_adjustment':
      return content.credits > 0
        ? `Grant ${creditsInWords(content.credits)}`
        : `Take back ${creditsInWords(-content.credits)}`;
    case 'generation_hold':
      return content.hold ? 'Hold generations' : 'Let generations go on';
  }
}

/** Why it was asked for, as the list of grounds has it. */
export function groundOf(content: RequestContent): string {
  if (content.kind === 'refund') return GROUND_WORDS[content.ground];
  return content.kind === 'credit_adjustment' ? CAUSE_WORDS[content.cause] : content.reason;
}

const because = (reason: string | null): string => (reason === null ? '' : `: ${reason}`);
const EVENT: Record<RequestEventKind, string> = {
  asked: 'Asked for',
  edited: 'Changed; earlier approvals count no more',
  approval_given: 'Approved by one',
  vouched: 'Vouched for',
  glass_broken: 'GLASS BROKEN, since nobody is left to decide',
  approved: 'Approved',
  rejected: 'Rejected',
  sent_back: 'Sent back',
  withdrawn: 'Withdrawn',
  expired: 'Expired: nobody decided in time',
  sending: 'Being sent',
  succeeded: 'Done',
  failed: 'Failed',
  needs_review: 'Put up for review',
};

/** What happened to a request, in words for its history; who and when stand beside it. */
export function sayRequestEvent(event: {
  kind: RequestEventKind;
  reason: string | null;
  detail: Facts | null;
}): string {
  const { kind, reason, detail } = event;
  if (kind === 'approval_given') {
    return `Approved, ${String(detail?.['approvals'])} of ${String(detail?.['needed'])}`;
  }
  // The reason of what was asked stands in the request itself.
  return kind === 'asked' ? EVENT.asked : `${EVENT[kind]}${because(reason)}`;
}

/** What Stripe says of a refund that it has taken: only `succeeded` is done. */
function sayRefund({
  externalStatus: status,
  externalReason: reason,
}: Pick<Operation, 'externalStatus' | 'externalReason'>): string {
  if (status === 'succeeded') return 'Done';
  if (status === 'requires_action') return 'Taken by Stripe, which needs an action';
  if (status !== 'pending') return `Taken by Stripe, which calls it “${status ?? 'nothing'}”`;
  if (reason === null || reason === 'processing') return 'Taken by Stripe, being processed';
  return reason === 'insufficient_funds'
    ? 'Taken by Stripe, waits for funds in our balance there'
    : `Taken by Stripe, pending: ${reason.replaceAll('_', ' ')}`;
}

/** How far a step outside is. Of what nobody knows yet it says so: never that it failed. */
export function sayStep(
  step: Pick<
    Operation,
    | ('state' | 'kind' | 'firstSentAt' | 'outcome' | 'leaseUntil' | 'error')
    | ('externalStatus' | 'externalReason')
  >,
): string {
  switch (step.state) {
    case 'waiting':
      return 'Waits for the step before it';
    case 'ready':
      return step.error === null ? 'About to be sent' : 'Waiting';
    case 'sending':
      if (step.outcome === 'contradicted') return 'Refused against what was read; asked again';
      return step.firstSentAt === null || step.outcome === null ? 'Being sent' : 'Outcome unknown';
    case 'succeeded':
      return step.kind === 'stripe_refund' ? sayRefund(step) : 'Done';
    case 'failed':
      return 'Failed';
    case 'needs_review':
      return 'Outcome unknown: a person looks into it';
    case 'canceled':
      return 'Not sent';
  }
}
