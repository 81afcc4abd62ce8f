import fc from 'fast-check';
import type { BookRecord, EntryKind, PaymentPurpose } from '#app/domain/book/records.ts';
import { DISPUTE_STATUSES, REFUND_STATUSES } from '#app/domain/book/records.ts';
import { entryLine, paymentLine, refundLine } from '#tests/oracle/blank-records.ts';
import {
  around,
  creditsBought,
  customerId,
  DAY,
  entryId,
  HOUR,
  instants,
  invoiceId,
  MINUTE,
  orNull,
  paymentId,
  refundId,
  subscriptionId,
} from '#tests/oracle/random-values.ts';

/*
 * Scenes: a few records that belong together and nearly, or exactly, make a rule of payments speak.
 */
type Scene = fc.Arbitrary<BookRecord[]>;

const PURPOSES: [PaymentPurpose, EntryKind][] = [
  ['credit_pack', 'purchase'],
  ['credit_pack', 'purchase'],
  ['renewal', 'renewal'],
  ['upgrade', 'upgrade'],
  ['credit_pack', 'renewal'],
  ['other', 'purchase'],
];

/** From just before a minute early to just after a day late. */
const arrival = fc.oneof(
  around(-MINUTE, DAY),
  fc.constantFrom(0, 14 * MINUTE, 15 * MINUTE, HOUR, DAY - 1),
);

const share = fc.constantFrom('all', 'all', 'all', 'half', 'none', 'one less', 'one more');
function part(of: number, shareOf: string): number {
  if (shareOf === 'half') return Math.floor(of / 2);
  if (shareOf === 'none') return 0;
  if (shareOf === 'one less') return Math.max(0, of - 1);
  return shareOf === 'one more' ? of + 1 : of;
}

/** A payment, money that went back, and grants that name it, match it or just miss it. */
export const purchase = (asOf: number): Scene =>
  fc
    .record({
      customerId,
      id: paymentId,
      purpose: fc.constantFrom(...PURPOSES),
      captured: instants(asOf),
      credits: creditsBought,
      amount: fc.constantFrom(4900, 4900, 4900, 3, 0),
      amountRefunded: fc.constantFrom(null, null, 'none', 'half', 'one less', 'all'),
      refundedAt: orNull(instants(asOf), 1),
      disputeStatus: fc.constantFrom(null, null, null, null, ...DISPUTE_STATUSES),
      refunds: fc.array(
        fc.record({
          id: refundId,
          share,
          status: fc.constantFrom(...REFUND_STATUSES),
          createdAt: instants(asOf),
        }),
        { maxLength: 2 },
      ),
      grants: fc.array(
        fc.record({ id: entryId, share, arrival, named: fc.boolean(), adjusted: orNull(share, 1) }),
        { maxLength: 2 },
      ),
    })
    .map(({ refunds, grants, purpose: [purpose, kind], captured, ...scene }) => [
      paymentLine({
        id: scene.id,
        customerId: scene.customerId,
        purpose,
        credits: scene.credits,
        amount: scene.amount,
        createdAt: captured - 1,
        capturedAt: captured,
        amountRefunded: scene.amountRefunded && part(scene.amount, scene.amountRefunded),
        refundedAt: scene.refundedAt,
        disputeStatus: scene.disputeStatus,
      }),
      ...refunds.map(({ id, status, createdAt, share: returned }) =>
        refundLine({
          id,
          customerId: scene.customerId,
          paymentId: scene.id,
          amount: part(scene.amount, returned),
          status,
          createdAt,
        }),
      ),
      ...grants.map((grant) =>
        entryLine({
          id: grant.id,
          customerId: scene.customerId,
          kind: grant.adjusted === null ? kind : 'adjustment',
          credits: part(scene.credits, grant.adjusted ?? grant.share),
          occurredAt: captured + grant.arrival,
          paymentId: grant.named ? scene.id : null,
        }),
      ),
    ]);

/** Several payments of one price, near each other, and fewer, as many or more grants without a name. */
export const twins = (asOf: number): Scene =>
  fc
    .record({
      customerId,
      captured: instants(asOf),
      credits: fc.constantFrom(null, 0, 100, 100, 100),
      ids: fc.uniqueArray(paymentId, { minLength: 2, maxLength: 4 }),
      gaps: fc.array(around(HOUR, HOUR, MINUTE, DAY), { minLength: 4, maxLength: 4 }),
      each: fc.array(
        fc.record({
          product: fc.constantFrom(null, null, null, 'pack-a'),
          invoiceId: orNull(invoiceId, 1),
          subscriptionId: orNull(subscriptionId, 1),
          periodStart: orNull(instants(asOf), 1),
          amountRefunded: fc.constantFrom(null, null, null, 4900, 4899),
          disputeStatus: fc.constantFrom(null, null, null, 'open', 'lost', 'won', 'inquiry'),
          status: fc.constantFrom('succeeded', 'succeeded', 'succeeded', 'requires_capture'),
        }),
        { minLength: 4, maxLength: 4 },
      ),
      grants: fc.array(fc.record({ id: entryId, arrival, sequence: fc.constantFrom(0, 0, 1) }), {
        maxLength: 4,
      }),
    })
    .map(({ ids, gaps, each, grants, captured, credits, customerId: owner }) => {
      let at = captured;
      const payments = ids.map((id, index) => {
        at += gaps[index] ?? 0;
        return paymentLine({
          ...each[index],
          id,
          customerId: owner,
          credits,
          createdAt: at - 1,
          capturedAt: at,
        });
      });
      const entries = grants.map((grant) =>
        entryLine({
          id: grant.id,
          customerId: owner,
          kind: 'purchase',
          credits: credits ?? 0,
          occurredAt: captured + grant.arrival,
          sequence: grant.sequence,
        }),
      );
      return [...payments, ...entries];
    });

/** A payment refunded in full, one form or the other, whose credits stayed, in part or not. */
export const refundedPurchase = (asOf: number): Scene =>
  fc
    .record({
      customerId,
      id: paymentId,
      captured: instants(asOf),
      returned: instants(asOf),
      form: fc.constantFrom('payment', 'payment without instant', 'refund', 'two refunds'),
      ids: fc.uniqueArray(refundId, { minLength: 2, maxLength: 2 }),
      entries: fc.uniqueArray(entryId, { minLength: 2, maxLength: 2 }),
      revoked: orNull(share, 1),
    })
    .map(({ customerId: owner, id, captured, returned, form, ids, entries, revoked }) => {
      const inRefunds = form === 'refund' ? [4900] : form === 'two refunds' ? [4000, 900] : [];
      return [
        paymentLine({
          id,
          customerId: owner,
          credits: 100,
          createdAt: captured,
          capturedAt: captured,
          amountRefunded: inRefunds.length === 0 ? 4900 : null,
          refundedAt: form === 'payment' ? returned : null,
        }),
        ...inRefunds.map((amount, index) =>
          refundLine({
            id: ids[index] ?? 'r1',
            customerId: owner,
            paymentId: id,
            amount,
            createdAt: returned - index,
          }),
        ),
        entryLine({
          id: entries[0] ?? 'e1',
          customerId: owner,
          kind: 'purchase',
          credits: 100,
          occurredAt: captured,
          paymentId: id,
        }),
        ...(revoked === null
          ? []
          : [
              entryLine({
                id: entries[1] ?? 'e2',
                customerId: owner,
                kind: 'revocation',
                credits: 0 - part(100, revoked),
                occurredAt: returned,
                paymentId: id,
              }),
            ]),
      ];
    });
