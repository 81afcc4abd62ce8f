import type { Instant } from '#app/domain/instant.ts';

/** What customers are told by mail. */
export const MAIL_KINDS = ['refund_on_its_way', 'refund_failed', 'credits_returned'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** A mail to a customer, written in the transaction of the state that it tells of and sent once. */
export interface CustomerMail {
  id: string;
  requestId: string;
  customerId: string;
  kind: MailKind;
  address: string;
  subject: string;
  body: string;
  createdAt: Instant;
  sentAt: Instant | null;
  attempts: number;
  nextTryAt: Instant;
  leaseOwner: string | null;
  leaseUntil: Instant | null;
  error: string | null;
}
