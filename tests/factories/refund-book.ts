import { DAY, HOUR, MINUTE, toIso } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';

type Line = Record<string, unknown> & { type: string; id: string };

/** $49.00 for 5,000 credits. */
const pack = (id: string, customerId: string, at: Instant, more: object = {}): Line => ({
  ...{ type: 'payment', id, customerId, purpose: 'credit_pack', product: 'pack_5000' },
  ...{ credits: 5_000, amount: 4_900, currency: 'usd', status: 'succeeded' },
  ...{ createdAt: toIso(at - 4_000), capturedAt: toIso(at), cardBrand: 'visa', cardLast4: '4242' },
  ...more,
});
const grant = (paymentId: string, customerId: string, at: Instant): Line => ({
  ...{ type: 'ledgerEntry', id: `le_${paymentId}`, customerId, kind: 'purchase' },
  ...{ credits: 5_000, occurredAt: toIso(at), paymentId },
});
const customer = (id: string, name: string, now: Instant): Line => ({
  ...{ type: 'customer', id, name, email: `billing@${id.replaceAll('_', '-')}.example` },
  ...{ stripeCustomerId: id.replace('org', 'cus'), createdAt: toIso(now - 300 * DAY) },
});
const invoice = (id: string, customerId: string, at: Instant, paymentIds: string[]): Line => ({
  ...{ type: 'invoice', id, customerId, number: `RED-${id}`, status: 'paid', total: 4_900 },
  ...{ currency: 'usd', createdAt: toIso(at), paymentIds, billTo: { name: customerId } },
});

/** One invoice paid twice within a minute, credited once: a confirmed duplicate, `ch_ID_2`. */
export const chargedTwice = (id: string, name: string, now: Instant): Line[] => {
  const at = now - 4 * DAY;
  const invoiceId = `in_${id}`;
  return [
    customer(id, name, now),
    pack(`ch_${id}_1`, id, at, { invoiceId }),
    pack(`ch_${id}_2`, id, at + MINUTE, { invoiceId }),
    grant(`ch_${id}_1`, id, at + MINUTE),
    grant(`ch_${id}_2`, id, at + 2 * MINUTE),
    invoice(invoiceId, id, at, [`ch_${id}_1`, `ch_${id}_2`]),
  ];
};

/** Paid an hour ago, and no credits have come. */
export const creditsMissing = (id: string, name: string, now: Instant): Line[] => [
  customer(id, name, now),
  pack(`ch_${id}_0`, id, now - 30 * DAY, { invoiceId: `in_${id}_0` }),
  grant(`ch_${id}_0`, id, now - 30 * DAY + MINUTE),
  invoice(`in_${id}_0`, id, now - 30 * DAY, [`ch_${id}_0`]),
  pack(`ch_${id}_1`, id, now - HOUR),
];
