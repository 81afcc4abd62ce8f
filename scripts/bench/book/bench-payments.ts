import { DAY, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { addLine, anyTime, iso } from '#scripts/bench/book/bench-customer.ts';
import type { Draft } from '#scripts/bench/book/bench-customer.ts';

interface Charge {
  id: string;
  at: Instant;
  purpose: 'credit_pack' | 'renewal' | 'upgrade' | 'other';
  credits: number | null;
  amount: number;
  captured: boolean;
  subscriptionId: string | null;
}

const GRANT_KIND = { credit_pack: 'purchase', renewal: 'renewal', upgrade: 'upgrade' } as const;
const LOST_STATUS = [
  'failed',
  'failed',
  'failed',
  'canceled',
  'requires_capture',
  'pending',
] as const;

/** Adds the customer's payments with their grants, invoices, refunds and disputes. */
export function addPayments(draft: Draft, subscriptionId: string | null): void {
  for (let i = 0; i < draft.counts.payments; i += 1) {
    const charge = draftCharge(draft, subscriptionId);
    writeCharge(draft, charge);
    // One in two thousand is charged again within the hour.
    if (charge.captured && i + 1 < draft.counts.payments && draft.random.chance(0.0005)) {
      i += 1;
      const at = charge.at + draft.random.between(SECOND, 50 * MINUTE);
      writeCharge(draft, { ...charge, id: `pi_${draft.random.code(22)}`, at });
    }
  }
}

function draftCharge(draft: Draft, subscriptionId: string | null): Charge {
  const { random } = draft;
  const lot = random.next();
  const renewal = subscriptionId !== null && lot < 0.5;
  const purpose = renewal
    ? 'renewal'
    : lot < 0.9
      ? 'credit_pack'
      : lot < 0.96
        ? 'upgrade'
        : 'other';
  const units = random.between(1, 60);
  return {
    id: `pi_${random.code(22)}`,
    at: anyTime(draft),
    purpose,
    credits: purpose === 'other' ? null : units * 250,
    amount: units * 245,
    captured: random.chance(0.93),
    subscriptionId: renewal ? subscriptionId : null,
  };
}

function writeCharge(draft: Draft, charge: Charge): void {
  const { random } = draft;
  const invoiceId = charge.captured && !random.chance(0.0003) ? `in_${random.code(22)}` : null;
  const refund = charge.captured && random.chance(0.02) ? writeRefund(draft, charge) : {};
  addLine(draft, 'payment', {
    id: charge.id,
    customerId: draft.id,
    purpose: charge.purpose,
    product: charge.purpose === 'credit_pack' ? `pack-${random.between(1, 8)}` : undefined,
    credits: charge.credits ?? undefined,
    amount: charge.amount,
    currency: 'usd',
    status: charge.captured ? 'succeeded' : random.pick(LOST_STATUS),
    createdAt: iso(charge.at - 2 * SECOND),
    capturedAt: charge.captured ? iso(charge.at) : undefined,
    invoiceId: invoiceId ?? undefined,
    subscriptionId: charge.subscriptionId ?? undefined,
    periodStart: charge.subscriptionId === null ? undefined : iso(charge.at - MINUTE),
    disputeStatus:
      charge.captured && random.chance(0.0005) ? random.pick(['open', 'won']) : undefined,
    cardBrand: 'visa',
    cardLast4: String(random.between(0, 9999)).padStart(4, '0'),
    ...refund,
  });
  if (invoiceId !== null) writeInvoice(draft, charge, invoiceId);
  if (charge.captured) addGrant(draft, charge);
}

function writeInvoice(draft: Draft, charge: Charge, invoiceId: string): void {
  addLine(draft, 'invoice', {
    id: invoiceId,
    customerId: draft.id,
    number: `R-${draft.random.code(8).toUpperCase()}-${draft.random.between(1, 9999)}`,
    status: 'paid',
    total: charge.amount,
    currency: 'usd',
    createdAt: iso(charge.at + SECOND),
    finalizedAt: iso(charge.at + SECOND),
    paymentIds: [charge.id],
    billTo: { name: draft.name, email: `billing@${draft.id}.test`, address: '12 Long Lane' },
  });
}

/** A refund in full a few days later; its fields on the payment. */
function writeRefund(draft: Draft, charge: Charge): Record<string, unknown> {
  const at = charge.at + draft.random.between(1, 5) * DAY;
  addLine(draft, 'refund', {
    id: `re_${draft.random.code(22)}`,
    customerId: draft.id,
    paymentId: charge.id,
    amount: charge.amount,
    currency: 'usd',
    status: draft.random.chance(0.97) ? 'succeeded' : draft.random.pick(['pending', 'failed']),
    reason: 'requested_by_customer',
    createdAt: iso(at),
  });
  if (charge.credits !== null && draft.random.chance(0.98)) {
    const kind = 'revocation';
    draft.entries.push({ at, kind, credits: 0 - charge.credits, paymentId: charge.id });
  }
  return {};
}

/** Seven in ten grants name their payment; one in two thousand never comes. */
function addGrant(draft: Draft, { at, id, purpose, credits }: Charge): void {
  const { random } = draft;
  if (credits === null || purpose === 'other' || random.chance(0.0005)) return;
  draft.entries.push({
    at: at + random.between(SECOND, 4 * MINUTE),
    kind: GRANT_KIND[purpose],
    credits,
    ...(random.chance(0.7) ? { paymentId: id } : {}),
  });
}
