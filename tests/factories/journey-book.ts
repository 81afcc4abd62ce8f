import { DAY, HOUR, MINUTE, toIso } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';

type Line = Record<string, unknown> & { type: string; id: string };

const customer = (id: string, name: string, now: Instant): Line => ({
  type: 'customer',
  id,
  name,
  email: `billing@${id.replaceAll('_', '-')}.example`,
  stripeCustomerId: id.replace('org', 'cus'),
  createdAt: toIso(now - 300 * DAY),
  timeZone: 'Europe/Berlin',
});

/** A captured credit pack of $49.00 that bought 5,000 credits. */
const pack = (id: string, customerId: string, at: Instant, more: object = {}): Line => ({
  type: 'payment',
  id,
  customerId,
  purpose: 'credit_pack',
  product: 'pack_5000',
  credits: 5000,
  amount: 4900,
  currency: 'usd',
  status: 'succeeded',
  createdAt: toIso(at - 4_000),
  capturedAt: toIso(at),
  cardBrand: 'visa',
  cardLast4: '4242',
  ...more,
});

const grant = (paymentId: string, customerId: string, at: Instant): Line => ({
  type: 'ledgerEntry',
  id: `le_${paymentId}`,
  customerId,
  kind: 'purchase',
  credits: 5000,
  occurredAt: toIso(at),
  paymentId,
});

const invoice = (paymentId: string, customerId: string, at: Instant): Line => ({
  type: 'invoice',
  id: `in_${paymentId}`,
  customerId,
  number: `RED-${paymentId}`,
  status: 'paid',
  total: 4900,
  currency: 'usd',
  createdAt: toIso(at),
  paymentIds: [paymentId],
  billTo: { name: customerId },
});

/** Paid a day ago, credits granted, and no invoice: one low flag. */
const withoutInvoice = (id: string, name: string, now: Instant): Line[] => [
  customer(id, name, now),
  pack(`ch_${id}`, id, now - DAY),
  grant(`ch_${id}`, id, now - DAY + MINUTE),
];

/** An open dispute: one high flag. */
const disputed = (id: string, name: string, now: Instant): Line[] => [
  customer(id, name, now),
  pack(`ch_${id}`, id, now - 3 * DAY, { disputeStatus: 'open' }),
  grant(`ch_${id}`, id, now - 3 * DAY + MINUTE),
  invoice(`ch_${id}`, id, now - 3 * DAY + MINUTE),
];

/** Credits that do not arrive, and a failed generation that was charged. */
const lovely = (now: Instant): Line[] => [
  customer('org_late', 'Løvely Studio', now),
  {
    type: 'member',
    id: 'mem_1',
    customerId: 'org_late',
    name: 'Zoë Anders',
    email: 'zoe@late.example',
  },
  pack('ch_first', 'org_late', now - 20 * DAY),
  grant('ch_first', 'org_late', now - 20 * DAY + MINUTE),
  invoice('ch_first', 'org_late', now - 20 * DAY + MINUTE),
  pack('ch_late', 'org_late', now - 42 * MINUTE),
  {
    type: 'generation',
    id: 'gen_failed',
    customerId: 'org_late',
    memberId: 'mem_1',
    kind: 'image',
    model: 'vision-3',
    tier: 'pro',
    resolution: '4K',
    status: 'failed',
    error: 'model_overloaded',
    startedAt: toIso(now - 3 * HOUR - MINUTE),
    finishedAt: toIso(now - 3 * HOUR),
  },
  {
    type: 'ledgerEntry',
    id: 'le_usage',
    customerId: 'org_late',
    memberId: 'mem_1',
    kind: 'usage',
    credits: -24,
    occurredAt: toIso(now - 3 * HOUR - MINUTE),
    generationId: 'gen_failed',
  },
];

/** Texts that break pages which trust them. */
export const HOSTILE = {
  bold: '<b>Bold</b><img src=x onerror=alert(1)>',
  sum: '=SUM(A1)',
  rightToLeft: 'شركة الصقر \u202eOverride',
  long: 'Wide'.repeat(2_500),
} as const;

const hostile = (now: Instant): Line[] =>
  Object.entries(HOSTILE).flatMap(([key, text]) => [
    ...disputed(`org_${key}`, text, now),
    {
      type: 'member',
      id: `mem_${key}`,
      customerId: `org_${key}`,
      name: text,
      email: `${key}@m.example`,
    },
    pack(`ch_${key}_product`, `org_${key}`, now - 2 * DAY, {
      product: text,
      status: 'failed',
      capturedAt: null,
      failureCode: text,
      failureMessage: text,
    }),
    {
      type: 'generation',
      id: `gen_${key}`,
      customerId: `org_${key}`,
      memberId: `mem_${key}`,
      kind: 'video',
      model: text,
      tier: text,
      status: 'failed',
      error: text,
      startedAt: toIso(now - 5 * HOUR),
      finishedAt: toIso(now - 4 * HOUR),
    },
    {
      type: 'ledgerEntry',
      id: `le_${key}_usage`,
      customerId: `org_${key}`,
      memberId: `mem_${key}`,
      kind: 'usage',
      credits: -48,
      occurredAt: toIso(now - 5 * HOUR),
      generationId: `gen_${key}`,
      note: text,
    },
  ]);

/** A small company for browser journeys, all of it relative to `now`. */
export const journeyBook = (now: Instant): Line[] => [
  ...lovely(now),
  ...withoutInvoice('org_harbor', 'Harbor & Finch', now),
  ...withoutInvoice('org_tin', 'Tin Roof Pictures', now),
  ...withoutInvoice('org_quai', 'Quai Nord', now),
  ...disputed('org_osei', 'Osei Architects', now),
  ...hostile(now),
];

/** One customer whose credits become late 15 minutes after `capturedAt`. */
export const bookOfOneLate = (capturedAt: Instant): Line[] => [
  ...withoutInvoice('org_harbor', 'Harbor & Finch', capturedAt),
  // The stream of invoices is known once there is any.
  invoice('ch_of_another_book', 'org_harbor', capturedAt - DAY),
  customer('org_soon', 'Sunday Fox Studio', capturedAt),
  pack('ch_soon', 'org_soon', capturedAt),
];
