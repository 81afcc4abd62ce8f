import type { Instant } from '#app/lib/instant.ts';

/** What customers are told by mail. */
const MAIL_KINDS = [
  'refund_pending',
  'refund_on_its_way',
  'refund_failed',
  'credits_returned',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** What a letter that has no text yet is about. */
export const MAIL_LABELS: Record<MailKind, string> = {
  refund_pending: 'Refund processing',
  refund_on_its_way: 'Refund on its way',
  refund_failed: 'Refund failed',
  credits_returned: 'Credits added',
};

/**
 * A mail to a customer: what it is about is written with the state that it tells of; what it says, and
 * to which address, when it leaves.
 */
export interface CustomerMail {
  id: string;
  requestId: string;
  /** The step that it tells of; null: from before that was kept. */
  operationId: string | null;
  customerId: string;
  kind: MailKind;
  /** Empty, as the text is, until it leaves. */
  address: string;
  subject: string;
  body: string;
  createdAt: Instant;
  /**
   * When it began to leave as it stands here, unless it is certain that it did not arrive; of one without a text,
   * when a restore put it aside: it may have left before.
   */
  leftAt: Instant | null;
  sentAt: Instant | null;
  attempts: number;
  nextTryAt: Instant;
  leaseOwner: string | null;
  leaseUntil: Instant | null;
  /** Why it has not been sent yet. */
  error: string | null;
  /** Since when it waits for a person, and why. */
  heldAt: Instant | null;
  heldReason: string | null;
  /** When a person said that it is to be sent, and who. */
  releasedAt: Instant | null;
  releasedBy: string | null;
  /** Since when it is not to be sent, and why; `closedBy` null: because it is not true. */
  closedAt: Instant | null;
  closedReason: string | null;
  closedBy: string | null;
}

/** Whether a letter will leave by itself. */
export const isWaiting = ({
  sentAt,
  heldAt,
  closedAt,
}: Pick<CustomerMail, 'sentAt' | 'heldAt' | 'closedAt'>): boolean =>
  sentAt === null && heldAt === null && closedAt === null;

/** Whether a letter waits for a person. */
export const needsPerson = ({
  sentAt,
  heldAt,
  closedAt,
}: Pick<CustomerMail, 'sentAt' | 'heldAt' | 'closedAt'>): boolean =>
  sentAt === null && closedAt === null && heldAt !== null;
