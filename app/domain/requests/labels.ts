import { formatCreditCount } from '#app/domain/money/credits.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import type { RequestEventKind } from '#app/domain/requests/history.ts';
import type {
  AdjustmentCause,
  CreditChoice,
  RefundGround,
  RequestContent,
  RequestKind,
} from '#app/domain/requests/request.ts';
import type { Facts } from '#app/domain/book/record-ref.ts';
export const GROUND_LABELS: Record<RefundGround, string> = {
  technical_issue: 'Technical issue that prevented use',
  duplicate_charge: 'Duplicate charge',
  charge_after_cancellation: 'Charge after cancellation',
  other: 'Other reason',
};

export const CAUSE_LABELS: Record<AdjustmentCause, string> = {
  missing_credits: 'Missing credits',
  failed_generation: 'Failed generation',
  overcharged_generation: 'Overcharged generation',
  negative_balance: 'Negative balance',
  excess_credits: 'Credited too much',
  refund_take_back: 'Taken back with a refund',
  other: 'Other cause',
};

export const CREDIT_CHOICE_LABELS: Record<CreditChoice, string> = {
  take_back_unspent: 'Take back unspent',
  take_back_all: 'Take back all',
  keep: 'Keep credits',
};

export const KIND_LABELS: Record<RequestKind, string> = {
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
        ? `Grant ${formatCreditCount(content.credits)}`
        : `Take back ${formatCreditCount(-content.credits)}`;
    case 'generation_hold':
      return content.hold ? 'Hold generations' : 'Release generation hold';
  }
}

/** Why it was asked for, as the list of grounds has it. */
export function groundOf(content: RequestContent): string {
  if (content.kind === 'refund') return GROUND_LABELS[content.ground];
  return content.kind === 'credit_adjustment' ? CAUSE_LABELS[content.cause] : content.reason;
}

const because = (reason: string | null): string => (reason === null ? '' : `: ${reason}`);
const EVENT: Record<RequestEventKind, string> = {
  asked: 'Requested',
  edited: 'Edited; earlier approvals cleared',
  approval_given: 'Approved by one',
  vouched: 'Approved as lead',
  glass_broken: 'Emergency approval: no approver was available',
  approved: 'Approved',
  rejected: 'Rejected',
  sent_back: 'Sent back',
  withdrawn: 'Withdrawn',
  expired: 'Expired without a decision',
  sending: 'Sending',
  succeeded: 'Done',
  failed: 'Failed',
  needs_review: 'Needs review',
};

/** What happened to a request, in words for its history; who and when stand beside it. */
export function describeRequestEvent(event: {
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
