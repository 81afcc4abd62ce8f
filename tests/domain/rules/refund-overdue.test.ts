import { DAY } from '#app/lib/instant.ts';
import { DEFAULT_POLICY } from '#app/domain/policy/policy.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, refund } from '#tests/factories/account.ts';

/** Ten business days after Monday noon are two weeks. */
const due = T + 14 * DAY;
const pending = [refund({ status: 'pending' })];

describeRule('refund-overdue', [
  { name: 'is silent at the due instant', book: { refunds: pending }, asOf: due, finds: [] },
  {
    name: 'speaks a millisecond later',
    book: { refunds: pending },
    asOf: due + 1,
    finds: [
      {
        subject: 'refund:re_1',
        severity: 'medium',
        confidence: 'confirmed',
        amount: undefined,
        credits: undefined,
        since: T,
        evidence: ['refund:re_1', 'payment:ch_1'],
        facts: { amount: 4_900, currency: 'usd', due },
      },
    ],
  },
  {
    name: 'an action awaited is pending too',
    book: { refunds: [refund({ status: 'requires_action' })] },
    asOf: due + 1,
    finds: ['refund:re_1'],
  },
  ...(['succeeded', 'failed', 'canceled'] as const).map((status) => ({
    name: `${status} is not on its way`,
    book: { refunds: [refund({ status })] },
    asOf: due + 1,
    finds: [],
  })),
  {
    name: 'takes the days of the policy active',
    book: { refunds: pending },
    asOf: T + DAY + 1,
    policies: [{ appliesFrom: T, policy: { ...DEFAULT_POLICY, refundBusinessDays: 1 } }],
    finds: ['refund:re_1'],
  },
]);
