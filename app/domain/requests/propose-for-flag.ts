import { formatCredits } from '#app/domain/credits.ts';
import type { FlagFinding } from '#app/domain/flags/flag.ts';
import type { Instant } from '#app/domain/instant.ts';
import { formatMoney } from '#app/domain/money.ts';
import { LONGEST_REASON, MOST_EVIDENCE } from '#app/domain/requests/asked.ts';
import { askCredits, askHold, askRefund, noOffer, offer } from '#app/domain/requests/proposal.ts';
import type { Offer, Proposal } from '#app/domain/requests/proposal.ts';
import type { AdjustmentCause, RefundGround } from '#app/domain/requests/request.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';
import { dayAndTime } from '#app/domain/time.ts';

/** A flag as far as remedies are concerned; its sentence becomes the reason. */
export type ProposableFlag = Pick<
  FlagFinding,
  'rule' | 'customerId' | 'subject' | 'credits' | 'amount' | 'currency' | 'evidence' | 'facts'
> & {
  /** Null: found just now and not yet kept. */
  flagId: string | null;
  sentence: string;
};

interface Asking {
  flag: ProposableFlag;
  shared: Pick<Proposal['asked'], 'customerId' | 'reason' | 'evidence' | 'flagId'>;
}
type Propose = (asking: Asking) => Offer;

const idIn = (ref: string, type: string): string | null =>
  ref.startsWith(`${type}:`) ? ref.slice(type.length + 1) : null;

const paymentOf = ({ subject, evidence }: ProposableFlag): string | null => {
  for (const ref of [subject, ...evidence]) {
    const id = idIn(ref, 'payment');
    if (id !== null) return id;
  }
  return null;
};

const factOf = ({ facts }: ProposableFlag, name: string): number => {
  const value = facts[name];
  return typeof value === 'number' ? value : 0;
};

function refund(asking: Asking, ground: RefundGround, amount: number | null): Proposal[] {
  const { flag, shared } = asking;
  const paymentId = paymentOf(flag);
  const currency = flag.currency ?? flag.facts['currency'];
  if (paymentId === null || amount === null || amount <= 0 || typeof currency !== 'string') {
    return [];
  }
  return [
    {
      label: `Refund ${formatMoney(amount, currency)}…`,
      asked: askRefund(shared, { paymentId, amount, currency, ground }),
    },
  ];
}

const VERB: Partial<Record<AdjustmentCause, string>> = {
  failed_generation: 'Return',
  overcharged_generation: 'Return',
  negative_balance: 'Set right:',
};

/** The flag's credits, given or (`sign` −1) taken. */
function adjust({ flag, shared }: Asking, cause: AdjustmentCause, sign: 1 | -1): Proposal[] {
  const credits = flag.credits ?? 0;
  if (credits <= 0) return [];
  const verb = sign < 0 ? 'Take back' : (VERB[cause] ?? 'Grant');
  return [
    {
      label: `${verb} ${formatCredits(credits)}…`,
      asked: askCredits(shared, {
        ...{ credits: sign * credits, cause },
        paymentId: idIn(flag.subject, 'payment'),
        generationId: idIn(flag.subject, 'generation'),
      }),
    },
  ];
}

const hold = ({ shared }: Asking): Proposal => ({
  label: 'Hold generations…',
  asked: askHold(shared, true),
});

const money: Propose = (asking) => offer(...refund(asking, 'other', factOf(asking.flag, 'amount')));

const PROPOSE: Record<RuleId, Propose> = {
  'missing-credits': (asking) => {
    const left = factOf(asking.flag, 'amount') - factOf(asking.flag, 'refunded');
    return offer(
      ...adjust(asking, 'missing_credits', 1),
      ...refund(asking, 'technical_issue', left),
    );
  },
  'duplicate-charge': (asking) => offer(...refund(asking, 'duplicate_charge', asking.flag.amount)),
  'failed-generation-charge': (asking) => offer(...adjust(asking, 'failed_generation', 1)),
  'negative-balance': (asking) => offer(...adjust(asking, 'negative_balance', 1), hold(asking)),
  'overcharged-generation': (asking) => offer(...adjust(asking, 'overcharged_generation', 1)),
  'charge-after-cancellation': (asking) =>
    offer(...refund(asking, 'charge_after_cancellation', asking.flag.amount)),
  'excess-credits': (asking) => offer(...adjust(asking, 'excess_credits', -1)),
  'excess-return': (asking) => offer(...adjust(asking, 'excess_credits', -1)),
  'credits-kept-after-refund': (asking) => offer(...adjust(asking, 'excess_credits', -1)),
  'refund-failed': money,
  'balance-mismatch': () =>
    noOffer('The ledger is what counts: the product must show it. Tell whoever keeps the product.'),
  'ledger-gap': () =>
    noOffer('An entry is missing from the ledger: it must be found and loaded, not made up.'),
  'second-subscription': () =>
    noOffer(
      'End the subscription that is not wanted at Stripe, then refund its payment from its row.',
    ),
  'missing-invoice': () => noOffer('The invoice is made at Stripe; here nothing is owed.'),
  'dispute-open': () =>
    noOffer('The bank decides about this money: Stripe refuses refunds while the dispute is open.'),
  'refund-overdue': () =>
    noOffer(
      'The money has left: ask Stripe with the refund’s bank reference before anything else.',
    ),
  'payments-failing': () =>
    noOffer('Nothing was taken: help the customer to another card or their bank.'),
  'card-setup-failing': () =>
    noOffer('Nothing was taken: help the customer to another card or their bank.'),
};

/** The remedies for a flag, filled in from its evidence. @param at when its sentence was said. */
export function proposeForFlag(flag: ProposableFlag, at: Instant): Offer {
  const { customerId, flagId, subject, evidence, sentence } = flag;
  const reason = `As of ${dayAndTime(at, at)} UTC: ${sentence}`.slice(0, LONGEST_REASON);
  const proof = [...new Set([subject, ...evidence])].slice(0, MOST_EVIDENCE);
  return PROPOSE[flag.rule]({ flag, shared: { customerId, flagId, evidence: proof, reason } });
}
