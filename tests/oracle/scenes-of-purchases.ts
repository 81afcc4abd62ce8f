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
  MINUTE,
  orNull,
  paymentId,
  refundId,
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

/** What a function of `asOf` draws. */
type Drawn<F extends (asOf: number) => fc.Arbitrary<unknown>> =
  ReturnType<F> extends fc.Arbitrary<infer T> ? T : never;

const drawPurchase = (asOf: number) =>
  fc.record({
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
  });

/** A payment, money that went back, and grants that name it, match it or just miss it. */
export const purchase = (asOf: number): Scene => drawPurchase(asOf).map(purchaseRecords);

function purchaseRecords(scene: Drawn<typeof drawPurchase>): BookRecord[] {
  const { id, customerId: owner, purpose: bought, captured, credits, amount } = scene;
  const [purpose, kind] = bought;
  return [
    paymentLine({
      id,
      customerId: owner,
      purpose,
      credits,
      amount,
      createdAt: captured - 1,
      capturedAt: captured,
      amountRefunded: scene.amountRefunded && part(amount, scene.amountRefunded),
      refundedAt: scene.refundedAt,
      disputeStatus: scene.disputeStatus,
    }),
    ...scene.refunds.map(({ share: returned, ...refund }) =>
      refundLine({ ...refund, customerId: owner, paymentId: id, amount: part(amount, returned) }),
    ),
    ...scene.grants.map((grant) =>
      entryLine({
        id: grant.id,
        customerId: owner,
        kind: grant.adjusted === null ? kind : 'adjustment',
        credits: part(credits, grant.adjusted ?? grant.share),
        occurredAt: captured + grant.arrival,
        paymentId: grant.named ? id : null,
      }),
    ),
  ];
}

const drawRefunded = (asOf: number) =>
  fc.record({
    customerId,
    id: paymentId,
    captured: instants(asOf),
    returned: instants(asOf),
    form: fc.constantFrom('payment', 'payment without instant', 'refund', 'two refunds'),
    ids: fc.uniqueArray(refundId, { minLength: 2, maxLength: 2 }),
    entries: fc.uniqueArray(entryId, { minLength: 2, maxLength: 2 }),
    revoked: orNull(share, 1),
  });

/** A payment refunded in full, one form or the other, whose credits stayed, in part or not. */
export const refundedPurchase = (asOf: number): Scene => drawRefunded(asOf).map(refundedRecords);

function refundedRecords(scene: Drawn<typeof drawRefunded>): BookRecord[] {
  const { id, customerId: owner, captured, returned, form, revoked } = scene;
  const inRefunds = form === 'refund' ? [4900] : form === 'two refunds' ? [4000, 900] : [];
  const [grantId = 'e1', revocationId = 'e2'] = scene.entries;
  const about = { customerId: owner, paymentId: id };
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
        ...about,
        id: scene.ids[index] ?? 'r1',
        amount,
        createdAt: returned - index,
      }),
    ),
    entryLine({ ...about, id: grantId, kind: 'purchase', credits: 100, occurredAt: captured }),
    ...(revoked === null
      ? []
      : [
          entryLine({
            ...about,
            id: revocationId,
            kind: 'revocation',
            credits: 0 - part(100, revoked),
            occurredAt: returned,
          }),
        ]),
  ];
}
