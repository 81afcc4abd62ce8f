import type { AuditEvent } from '#app/domain/audit/chain.ts';

/**
 * What every kind of row says, beside who did it. A kind that is missing here is told by its name, so
 * that no row is ever left out.
 */
export const AUDIT_LABELS: Readonly<Record<string, string>> = {
  'customer.viewed': 'Viewed customer',
  'customer.many_opened': 'Opened more customers in an hour than the policy expects',
  'customer.opening_refused': 'Hit the hourly limit of customers opened',
  'flag.assigned': 'Assigned the flag',
  'flag.dismissed': 'Dismissed the flag',
  'flag.snoozed': 'Snoozed the flag',
  'request.asked': 'Requested a remedy',
  'request.edited': 'Edited the request',
  'request.approval_given': 'Approved; another approval needed',
  'request.vouched': 'Approved the request as lead',
  'request.glass_broken': 'Used emergency approval: no approver was available',
  'request.glass_refused': 'Was refused emergency approval',
  'request.approved': 'Approved the request',
  'request.rejected': 'Rejected the request',
  'request.sent_back': 'Sent the request back',
  'request.withdrawn': 'Withdrew the request',
  'request.expired': 'The request expired',
  'request.sending': 'Started carrying out the request',
  'request.succeeded': 'Completed the request',
  'request.failed': 'The request failed',
  'request.needs_review': 'The request needs review',
  'request.reviewed': 'Reviewed the request',
  'request.decision_refused': 'Was refused a decision on the request',
  'stripe-refund.succeeded': 'The refund succeeded at Stripe',
  'stripe-refund.failed': 'The refund failed at Stripe',
  'stripe-refund.needs-review': 'The refund’s outcome at Stripe is unknown',
  'refund.made_elsewhere': 'Recorded a refund made outside the console',
  'credit-adjustment.succeeded': 'The credits were changed',
  'credit-adjustment.failed': 'The credits could not be changed',
  'credit-adjustment.needs-review': 'The outcome of the credit change is unknown',
  'generation-hold.succeeded': 'The hold on generations was set or released',
  'generation-hold.failed': 'The hold on generations could not be changed',
  'mail.sent': 'E-mailed the customer',
  'mail.held': 'An e-mail to the customer needs a person',
  'mail.released': 'Sent a held e-mail to the customer',
  'mail.closed': 'Closed an e-mail without sending it',
  'drift.check_asked': 'Ran reconciliation',
  'session.started': 'Signed in',
  'session.refused': 'Failed to sign in',
  'session.ended': 'Signed out',
  'staff.added': 'Added a staff account',
  'staff.disabled': 'Deactivated a staff account',
  'staff.enabled': 'Reactivated a staff account',
  'staff.role_changed': 'Changed role',
  'staff.password_changed': 'Changed password',
  'audit.purged': 'Removed the oldest rows of the audit log',
  'audit.erased': 'Erased a customer from the audit log',
  'delegation.begun': 'Delegated approvals',
  'delegation.ended': 'Ended a delegation',
  'staff.away': 'Set out of office',
  'credit-adjustment.found': 'Found credits changed before a restore',
  'database.restored': 'Restored the database from a backup; sending is paused until confirmed',
  'database.found_restored':
    'The database is not the one from before; sending is paused until confirmed',
  'database.restore_confirmed': 'Confirmed the restore; sending resumed',
};

/** `stripe-refund.needs-review` as `Stripe refund needs review`. */
const named = (kind: string): string => {
  const text = kind.replace(/[._-]+/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** @internal */
export const kindLabel = (kind: string): string =>
  Object.hasOwn(AUDIT_LABELS, kind) ? (AUDIT_LABELS[kind] ?? named(kind)) : named(kind);

/** What was done, with the reason where one was given. */
export const describeEvent = ({ kind, detail }: Pick<AuditEvent, 'kind' | 'detail'>): string => {
  const why = detail?.['reason'] ?? detail?.['why'];
  return typeof why === 'string' && why !== '' ? `${kindLabel(kind)}: ${why}` : kindLabel(kind);
};

export interface AuditField {
  label: string;
  text: string;
}

/** `appliesFrom` as `Applies from`. */
const labelOf = (name: string): string =>
  named(
    name.replace(
      /([a-z])([A-Z])/g,
      (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
    ),
  );

const textOf = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);

/** Everything that was noted with a row, in the order of the names; what was left empty is left out. */
export const detailFields = (detail: AuditEvent['detail']): AuditField[] =>
  Object.entries(detail ?? {})
    .flatMap(([name, value]) =>
      value === null || value === '' ? [] : [{ label: labelOf(name), text: textOf(value) }],
    )
    .toSorted((a, b) => (a.label < b.label ? -1 : 1));
