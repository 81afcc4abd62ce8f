import type { AuditEvent } from '#app/domain/audit/chain.ts';

/**
 * What every kind of row says, beside who did it. A kind that is missing here is told by its name, so
 * that no row is ever left out.
 */
export const AUDIT_LABELS: Readonly<Record<string, string>> = {
  'customer.viewed': 'Looked at the customer',
  'customer.many_opened': 'Opened more customers within an hour than the policy expects',
  'customer.opening_refused': 'Was refused more customers within an hour than the policy allows',
  'flag.assigned': 'Gave the flag to somebody',
  'flag.dismissed': 'Dismissed the flag',
  'flag.snoozed': 'Snoozed the flag',
  'request.asked': 'Asked for a remedy',
  'request.edited': 'Changed the request',
  'request.approval_given': 'Approved; another approval is needed',
  'request.vouched': 'Vouched for the request',
  'request.glass_broken': 'BROKE THE GLASS on the request, since nobody is left to decide it',
  'request.glass_refused': 'Was refused to break the glass on the request',
  'request.approved': 'Approved the request',
  'request.rejected': 'Rejected the request',
  'request.sent_back': 'Sent the request back',
  'request.withdrawn': 'Withdrew the request',
  'request.expired': 'The request expired',
  'request.sending': 'The request began to be carried out',
  'request.succeeded': 'The request was carried out',
  'request.failed': 'The request failed',
  'request.needs_review': 'The request needs a review',
  'request.reviewed': 'Reviewed the request',
  'request.decision_refused': 'Was refused a decision on the request',
  'stripe-refund.succeeded': 'The refund succeeded at Stripe',
  'stripe-refund.failed': 'The refund failed at Stripe',
  'stripe-refund.needs-review': 'The refund’s outcome at Stripe is unknown',
  'refund.made_elsewhere': 'A refund made outside the console entered the book',
  'credit-adjustment.succeeded': 'The credits were changed',
  'credit-adjustment.failed': 'The credits could not be changed',
  'credit-adjustment.needs-review': 'The outcome of the change of credits is unknown',
  'generation-hold.succeeded': 'The hold on generations was set or released',
  'generation-hold.failed': 'The hold on generations could not be changed',
  'mail.sent': 'The customer was written to',
  'mail.held': 'A letter to the customer needs a person',
  'mail.released': 'Had a letter to the customer sent',
  'mail.closed': 'A letter to the customer was closed without being sent',
  'drift.check_asked': 'Had the book compared with Stripe',
  'session.started': 'Signed in',
  'session.refused': 'Was refused at sign-in',
  'session.ended': 'Signed out',
  'staff.added': 'Added a member of staff',
  'staff.disabled': 'Shut an account',
  'staff.enabled': 'Opened an account again',
  'staff.role_changed': 'Gave another role',
  'staff.password_changed': 'Gave another password',
  'audit.purged': 'Removed the oldest rows of the audit log',
  'audit.erased': 'Erased a customer from the audit log',
  'delegation.begun': 'Lent the right to decide',
  'delegation.ended': 'Ended a lent right to decide',
  'staff.away': 'Noted when somebody is back',
  'credit-adjustment.found': 'Credits that were changed before a restore were found at the product',
  'database.restored': 'Restored the database from a backup; nothing is sent until it is confirmed',
  'database.found_restored':
    'The database was found to be another than before; nothing is sent until it is confirmed',
  'database.restore_confirmed': 'Confirmed the restore: sending goes on',
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
