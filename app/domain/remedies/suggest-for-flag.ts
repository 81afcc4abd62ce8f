import type { FlagFinding } from '#app/domain/flags/flag.ts';
import {
  evidenceFrom,
  idOf,
  offerOf,
  suggestCredits,
  suggestRefund,
  reasonFrom,
} from '#app/domain/remedies/suggestion.ts';
import type { Grounds, Offer, Suggestion } from '#app/domain/remedies/suggestion.ts';
import type { RefundContent } from '#app/domain/requests/request.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';

/** A flag, or a finding that no flag keeps yet, as far as its remedies need it. */
export interface FlagToRemedy extends Pick<
  FlagFinding,
  | 'rule'
  | 'subject'
  | 'customerId'
  | 'confidence'
  | 'credits'
  | 'amount'
  | 'currency'
  | 'evidence'
  | 'facts'
> {
  /** Null: found just now. */
  id: string | null;
  /** What is wrong, in words. */
  sentence: string;
}

/** What is known beside the flag; all of it may be left out. */
export interface KnownRemedies {
  /** The customer's generations are held already. */
  held?: boolean;
  /** Of a refund that failed: how it was asked for. */
  failedRefund?: Pick<RefundContent, 'ground' | 'creditChoice'>;
}

interface Case {
  flag: FlagToRemedy;
  grounds: Grounds;
  beside: KnownRemedies;
}

/** What puts a flag right; a sentence: nothing that is asked for here does. */
type Remedy = string | ((given: Case) => Suggestion[]);

/** A figure that the flag's rule states; NaN, which no remedy carries, where it does not. */
function fact({ facts }: FlagToRemedy, name: string): number {
  const value = facts[name];
  return typeof value === 'number' ? value : Number.NaN;
}

const currencyOf = ({ facts, currency }: FlagToRemedy): string | null =>
  typeof facts['currency'] === 'string' ? facts['currency'] : currency;

const creditsOf = ({ credits }: FlagToRemedy): number => credits ?? Number.NaN;

function missingCredits({ flag, grounds }: Case): Suggestion[] {
  const paymentId = idOf(flag.subject);
  const credits = creditsOf(flag);
  return [
    ...suggestCredits('Grant', grounds, { credits, cause: 'missing_credits', paymentId }),
    ...suggestRefund(
      grounds,
      {
        paymentId,
        amount: fact(flag, 'amount') - fact(flag, 'refunded'),
        currency: currencyOf(flag),
        ground: 'technical_issue',
        creditChoice: fact(flag, 'granted') > 0 ? 'take_back_unspent' : 'keep',
      },
      'other',
    ),
  ];
}

const IF_UNWANTED = 'Refund only if the customer said that this charge was not wanted.';

const duplicateCharge = ({ flag, grounds }: Case): Suggestion[] =>
  suggestRefund(
    flag.confidence === 'possible'
      ? { ...grounds, reason: reasonFrom(flag.sentence, IF_UNWANTED) }
      : grounds,
    {
      paymentId: idOf(flag.subject),
      amount: flag.amount ?? Number.NaN,
      currency: flag.currency,
      ground: 'duplicate_charge',
      creditChoice: fact(flag, 'granted') <= 0 ? 'keep' : 'take_back_unspent',
    },
    'main',
  );

const chargeAfterCancellation = ({ flag, grounds }: Case): Suggestion[] =>
  suggestRefund(
    grounds,
    {
      paymentId: idOf(flag.subject),
      amount: flag.amount ?? Number.NaN,
      currency: flag.currency,
      ground: 'charge_after_cancellation',
      creditChoice: 'take_back_unspent',
    },
    'main',
  );

/** The money of a refund that failed, sent again; the credits taken for it had come back. */
function refundFailed({ flag, grounds, beside }: Case): Suggestion[] {
  const payment = flag.evidence.find((ref) => ref.startsWith('payment:'));
  if (payment === undefined) return [];
  const { ground, creditChoice } = beside.failedRefund ?? {
    ground: 'other',
    creditChoice: 'take_back_unspent',
  };
  const [amount, currency] = [fact(flag, 'amount'), currencyOf(flag)];
  const refund = { paymentId: idOf(payment), amount, currency, ground, creditChoice };
  return suggestRefund(grounds, refund, 'main');
}

function negativeBalance({ flag, grounds, beside }: Case): Suggestion[] {
  const credits = creditsOf(flag);
  const right = suggestCredits('Set right', grounds, { credits, cause: 'negative_balance' });
  if (beside.held === true) return right;
  const reason = reasonFrom(flag.sentence, 'Do not generate until resolved.');
  // Not under the flag: one open request stands under each, and a hold must not wait for the credits.
  const draft = { kind: 'generation_hold', ...grounds, flagId: null, reason, hold: true } as const;
  return [...right, { label: 'Hold generations', asked: draft, emphasis: 'other' }];
}

const returned =
  (cause: 'failed_generation' | 'overcharged_generation') =>
  ({ flag, grounds }: Case): Suggestion[] =>
    suggestCredits('Return', grounds, {
      credits: creditsOf(flag),
      cause,
      generationId: idOf(flag.subject),
    });

const revoked = ({ flag, grounds }: Case): Suggestion[] =>
  suggestCredits('Revoke', grounds, {
    credits: -creditsOf(flag),
    cause: 'excess_credits',
    paymentId: idOf(flag.subject),
  });

const clawedBack = ({ flag, grounds }: Case): Suggestion[] =>
  suggestCredits('Take back', grounds, {
    credits: -creditsOf(flag),
    cause: 'excess_credits',
    generationId: idOf(flag.subject),
  });

const REMEDIES: Record<RuleId, Remedy> = {
  'missing-credits': missingCredits,
  'duplicate-charge': duplicateCharge,
  'failed-generation-charge': returned('failed_generation'),
  'negative-balance': negativeBalance,
  'overcharged-generation': returned('overcharged_generation'),
  'balance-mismatch': 'Nothing is owed. Ask the product team to refresh the balance shown.',
  'ledger-gap':
    'The product team must find the missing entry first. Moving credits now would hide it.',
  'charge-after-cancellation': chargeAfterCancellation,
  'second-subscription':
    'Cancel one of the two in Stripe, then refund what it charged from the row of its payment.',
  'missing-invoice': 'Nothing is owed. Resend the invoice from Stripe.',
  'excess-credits': revoked,
  'excess-return': clawedBack,
  'credits-kept-after-refund': revoked,
  'dispute-open':
    'Answer it in Stripe. A refund beside a dispute pays twice. Refund an inquiry from its payment’s row.',
  'refund-overdue':
    'The money is on its way. Give the customer the bank reference; a second refund would pay twice.',
  'refund-failed': refundFailed,
  'payments-failing': 'No money was taken. Help the customer use another card or payment method.',
  'card-setup-failing':
    'No money was taken. Help the customer use a card that supports online payments.',
};

/** What can be asked for so that a flag closes, ready to be sent. */
export function suggestForFlag(flag: FlagToRemedy, beside: KnownRemedies = {}): Offer {
  const remedy = REMEDIES[flag.rule];
  if (typeof remedy === 'string') return { proposals: [], whyNone: remedy };
  const grounds = {
    customerId: flag.customerId,
    reason: reasonFrom(flag.sentence),
    evidence: evidenceFrom(flag.subject, flag.evidence),
    flagId: flag.id,
  };
  const none = 'This flag has no amount. Request a remedy from the record’s row.';
  return offerOf(remedy({ flag, grounds, beside }), none);
}
