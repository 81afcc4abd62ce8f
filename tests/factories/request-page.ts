import { HOUR } from '#app/lib/instant.ts';
import type { RefundContent } from '#app/domain/requests/request.ts';
import type { Evaluation } from '#app/domain/remedies/evaluation.ts';
import type {
  RequestDetail,
  ShownOperation,
} from '#app/services/requests/views/load-request-page.ts';
import { asked } from '#tests/factories/requests.ts';
import { T } from '#tests/factories/records.ts';

const content = asked({}).content as RefundContent; // what the factory asks for

export const weighedPage = (change: Partial<Evaluation> = {}): Evaluation => ({
  content,
  guards: [
    { id: 'stripe', field: 'paymentId', holds: true, words: 'Payment found in Stripe.' },
    { id: 'amount', field: 'amount', holds: true, words: '$49.00 can still be refunded.' },
  ],
  verdict: {
    ...{ kind: 'allowed', approvals: 1, decidedBy: 'requests.decide-refund' },
    words: 'Finance approves.',
  },
  needsWord: false,
  credits: { unpaid: 0, beyond: 0 },
  seen: {
    ...{ captured: true, amountCaptured: 4_900, amountRefunded: 0, currency: 'usd' },
    blockedByDispute: false,
  },
  balance: { before: 5_000, after: 5_000 },
  ...change,
});

/** $10.00 of `ch_1` that waits for finance, as somebody of finance sees it. */
export const requestPage = (change: Partial<RequestDetail> = {}): RequestDetail => ({
  now: T + HOUR,
  line: {
    ...{ id: 'req_1', kind: 'refund', state: 'requested', version: 1, hash: 'a'.repeat(64) },
    ...{ customerId: 'org_1', title: 'Refund $10.00', ground: 'Duplicate charge' },
    ...{ amount: 1_000, currency: 'usd', credits: null, paymentId: 'ch_1', flagId: null },
    ...{ requestedAt: T, expiresAt: T + 72 * HOUR, changedAt: T, requestedBy: 'Avery Agent' },
    ...{ ticket: null, waitsFor: 'Waiting for finance', stateReason: null, halfDone: null },
  },
  customerName: 'Løvely Studio',
  content,
  verdict: 'Finance approves.',
  weighed: weighedPage(),
  differences: [],
  yes: 'approve',
  whyNot: { decide: null, edit: null, withdraw: 'Only the requester can withdraw it.' },
  decisions: [],
  ...{ shortage: null, glass: null },
  needs: { approvals: 1, word: false },
  mails: [],
  history: [],
  asks: 'Pay back $10.00 of the $49.00 charged.',
  promise: null,
  follows: null,
  evidence: { records: [], more: [] },
  steps: [],
  foretold: null,
  review: null,
  letters: [],
  canReview: true,
  ...change,
});

export const shownStep = (change: Partial<ShownOperation> = {}): ShownOperation => ({
  ...{ id: 'op_1', kind: 'stripe_refund', state: 'sending', what: 'Refund $10.00' },
  ...{ says: 'Outcome unknown', error: null, externalId: null, bankReference: null },
  ...{ firstSentAt: T, lastSentAt: T, expected: null },
  ...change,
});
