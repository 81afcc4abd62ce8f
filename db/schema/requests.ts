import { sql } from 'drizzle-orm';
import type { Column, SQL } from 'drizzle-orm';
import type { RequestEventKind, VerdictKind } from '#app/domain/requests/history.ts';
import type {
  OpenOutcome,
  OperationKind,
  OperationState,
} from '#app/domain/operations/operation.ts';
import type { ChargeAsShown } from '#app/domain/remedies/late-credits.ts';
import type { RequestContent, RequestKind, RequestState } from '#app/domain/requests/request.ts';
import type { Permission } from '#app/domain/access/roles.ts';
import type { Facts } from '#app/domain/book/record-ref.ts';
import {
  check,
  flag as bool,
  foreignKey,
  index,
  instant,
  json,
  minor,
  table,
  text,
  unique,
  uniqueIndex,
} from '#db/dialect/columns.ts';
/*
 * Remedies: what was asked, who decided, what was done outside, what customers were told. The checks and
 * unique indexes repeat what the services see to already: no bug in them may move money twice.
 */

export const request = table(
  'request',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<RequestKind>().notNull(),
    customerId: text('customer_id').notNull(),
    state: text('state').$type<RequestState>().notNull(),
    version: minor('version').notNull(),
    revision: minor('revision').notNull(),
    content: json<RequestContent>('content').notNull(),
    /** SHA-256 of the canonical content with id and revision, hex. */
    contentHash: text('content_hash').notNull(),
    /* Copies of the content, for sums, limits, the queue and the indexes below. */
    paymentId: text('payment_id'),
    generationId: text('generation_id'),
    amount: minor('amount'),
    currency: text('currency'),
    credits: minor('credits'),
    /** A refund's ground, an adjustment's cause. */
    ground: text('ground'),
    flagId: text('flag_id'),
    requestedBy: text('requested_by').notNull(),
    touchedBy: json<string[]>('touched_by').notNull(),
    requestedAt: instant('requested_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** Different people who must approve; 0 where whoever asks may act alone. */
    neededApprovals: minor('needed_approvals').notNull(),
    deciderPermission: text('decider_permission').$type<Permission>(),
    /** When the last approval came; null: not yet, or no longer. */
    approvedAt: instant('approved_at'),
    /** Refunds: the charge as it was shown to whoever asked. */
    seen: json<ChargeAsShown>('seen'),
    /** A lead must vouch for it as well. */
    needsWord: bool('needs_word').notNull(),
    /** What the policy says of it, in words. */
    verdict: text('verdict').notNull(),
    /** Why it is where it is, in words for people. */
    stateReason: text('state_reason'),
    ticket: text('ticket'),
    changedAt: instant('changed_at').notNull(),
    /** Of the opened form by which it was asked for; null: it was asked for without one. */
    formKey: text('form_key'),
  },
  (t) => {
    const open = sql`${t.state} in ('requested', 'sent_back', 'approved', 'sending', 'needs_review')`;
    return [
      // What the decisions' foreign key points at.
      unique('request_asker').on(t.id, t.requestedBy),
      check(
        'request_refund_whole',
        sql`${t.kind} <> 'refund' or (${t.amount} is not null and ${t.amount} > 0 and ${t.currency} is not null and ${t.paymentId} is not null and ${t.ground} is not null)`,
      ),
      check(
        'request_adjustment_whole',
        sql`${t.kind} <> 'credit_adjustment' or (${t.credits} is not null and ${t.credits} <> 0)`,
      ),
      check('request_refund_decided', sql`${t.kind} <> 'refund' or ${t.neededApprovals} > 0`),
      uniqueIndex('request_open_payment').on(t.paymentId, t.ground).where(open),
      uniqueIndex('request_open_generation').on(t.generationId, t.ground).where(open),
      uniqueIndex('request_open_flag').on(t.flagId).where(open),
      uniqueIndex('request_open_hold')
        .on(t.customerId)
        .where(sql`${t.kind} = 'generation_hold' and ${open}`),
      // One opened form asks once, however often it is sent.
      uniqueIndex('request_form_key').on(t.requestedBy, t.formKey),
      index('request_customer').on(t.customerId, t.requestedAt),
      index('request_payment').on(t.paymentId),
      index('request_asked_by').on(t.requestedBy, t.requestedAt),
      index('request_approved').on(t.customerId, t.approvedAt),
      index('request_queue').on(t.state, t.requestedAt, t.id),
      // The latest changes, for open pages, and the settled requests in their order.
      index('request_changed').on(t.changedAt, t.id),
      index('request_expires')
        .on(t.expiresAt)
        .where(sql`${t.state} in ('requested', 'sent_back')`),
    ];
  },
);

export const decision = table(
  'decision',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id').notNull(),
    revision: minor('revision').notNull(),
    contentHash: text('content_hash').notNull(),
    deciderId: text('decider_id').notNull(),
    // Whoever lent the right to decide; null: the decider's own.
    onBehalfOf: text('on_behalf_of'),
    requestedBy: text('requested_by').notNull(),
    verdict: text('verdict').$type<VerdictKind>().notNull(),
    reason: text('reason'),
    at: instant('at').notNull(),
    voidedAt: instant('voided_at'),
  },
  (t) => [
    check('decision_by_another', sql`${t.deciderId} <> ${t.requestedBy}`),
    check(
      'decision_for_another',
      sql`${t.onBehalfOf} is null or (${t.onBehalfOf} <> ${t.requestedBy} and ${t.onBehalfOf} <> ${t.deciderId})`,
    ),
    foreignKey({
      name: 'decision_of_request',
      columns: [t.requestId, t.requestedBy],
      foreignColumns: [request.id, request.requestedBy],
    }),
    uniqueIndex('decision_once')
      .on(t.requestId, t.revision, t.deciderId)
      .where(sql`${t.verdict} <> 'break_glass'`),
    uniqueIndex('decision_glass_once')
      .on(t.requestId, t.revision, t.deciderId)
      .where(sql`${t.verdict} = 'break_glass'`),
  ],
);

/** What happened to a request, with the content where it was set. Only inserted into. */
export const requestEvent = table(
  'request_event',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id').notNull(),
    at: instant('at').notNull(),
    kind: text('kind').$type<RequestEventKind>().notNull(),
    actorId: text('actor_id'),
    reason: text('reason'),
    ticket: text('ticket'),
    revision: minor('revision').notNull(),
    content: json<RequestContent>('content'),
    contentHash: text('content_hash'),
    detail: json<Facts>('detail'),
  },
  (t) => [index('request_event_request').on(t.requestId, t.at, t.id)],
);

/**
 * Refunds that Stripe has taken and not ended, under whatever word. Written out, so that both databases
 * see that the index serves the question.
 */
export const isUnendedRefund = (kind: Column, externalStatus: Column): SQL =>
  sql`${kind} = 'stripe_refund' and ${externalStatus} not in ('succeeded', 'failed', 'canceled')`;

/** One step outside. */
export const operation = table(
  'operation',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => request.id),
    ordinal: minor('ordinal').notNull(),
    kind: text('kind').$type<OperationKind>().notNull(),
    state: text('state').$type<OperationState>().notNull(),
    version: minor('version').notNull(),
    customerId: text('customer_id').notNull(),
    paymentId: text('payment_id'),
    amount: minor('amount'),
    currency: text('currency'),
    credits: minor('credits'),
    idempotencyKey: text('idempotency_key').notNull(),
    attempt: minor('attempt').notNull(),
    body: text('body').notNull(),
    firstSentAt: instant('first_sent_at'),
    lastSentAt: instant('last_sent_at'),
    nextTryAt: instant('next_try_at').notNull(),
    leaseOwner: text('lease_owner'),
    leaseUntil: instant('lease_until'),
    emptyReadBacks: minor('empty_read_backs').notNull(),
    lastReadBackAt: instant('last_read_back_at'),
    externalId: text('external_id'),
    externalStatus: text('external_status'),
    /** Refunds: Stripe's word for why it is pending or has failed. */
    externalReason: text('external_reason'),
    bankReference: text('bank_reference'),
    error: text('error'),
    outcome: text('outcome').$type<OpenOutcome>(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    check(
      'operation_refund_whole',
      sql`${t.kind} <> 'stripe_refund' or (${t.amount} is not null and ${t.amount} > 0 and ${t.currency} is not null and ${t.paymentId} is not null)`,
    ),
    uniqueIndex('operation_key').on(t.idempotencyKey),
    uniqueIndex('operation_step').on(t.requestId, t.ordinal),
    // One refund, credit entry or hold of the outside is the outcome of one step only.
    uniqueIndex('operation_external').on(t.kind, t.externalId),
    uniqueIndex('operation_sending_refund')
      .on(t.paymentId)
      .where(sql`${t.state} = 'sending' and ${t.kind} = 'stripe_refund'`),
    index('operation_due')
      .on(t.nextTryAt, t.id)
      .where(sql`${t.state} in ('ready', 'sending')`),
    index('operation_payment').on(t.paymentId, t.state),
    index('operation_external_status').on(t.externalStatus, t.changedAt),
    index('operation_state').on(t.state, t.changedAt),
    index('operation_changed').on(t.changedAt),
    index('operation_unended_refund')
      .on(t.changedAt, t.id)
      .where(isUnendedRefund(t.kind, t.externalStatus)),
  ],
);

/** Stripe's events taken in: a redelivery finds its id here. */
export const stripeEvent = table(
  'stripe_event',
  {
    id: text('id').primaryKey(),
    type: text('type').notNull(),
    objectId: text('object_id').notNull(),
    createdAt: instant('created_at').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [index('stripe_event_object').on(t.objectId, t.createdAt)],
);
