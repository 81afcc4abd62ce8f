import type { RequestContent } from '#app/domain/requests/request.ts';
import type { Facts } from '#app/domain/book/record-ref.ts';
import type { Instant } from '#app/lib/instant.ts';
/** What people decide. A lead's word is asked for where the ground is none that customers know. */
const VERDICTS = ['approve', 'vouch', 'reject', 'send_back', 'break_glass'] as const;
export type VerdictKind = (typeof VERDICTS)[number];

/** One person's decision on one revision of a request, bound to the hash of what was shown. */
export interface Decision {
  id: string;
  requestId: string;
  revision: number;
  contentHash: string;
  deciderId: string;
  /** Whoever lent the right to decide; null: the decider's own. */
  onBehalfOf: string | null;
  /** A copy of the request's: the database itself refuses a decision by the one who asked. */
  requestedBy: string;
  verdict: VerdictKind;
  reason: string | null;
  at: Instant;
  /** Since when it no longer counts: the request was changed or sent back. */
  voidedAt: Instant | null;
}

const REQUEST_EVENT_KINDS = [
  'asked',
  'edited',
  'approval_given',
  'vouched',
  'glass_broken',
  'approved',
  'rejected',
  'sent_back',
  'withdrawn',
  'expired',
  'sending',
  'succeeded',
  'failed',
  'needs_review',
] as const;
export type RequestEventKind = (typeof REQUEST_EVENT_KINDS)[number];

/** A step in the life of a request. */
export interface RequestStep {
  id: string;
  requestId: string;
  at: Instant;
  kind: RequestEventKind;
  /** Null: the program did it. */
  actorId: string | null;
  reason: string | null;
  ticket: string | null;
  revision: number;
  /** Where the content was set: the content as it stood from then on, and its hash. */
  content: RequestContent | null;
  contentHash: string | null;
  detail: Facts | null;
}
