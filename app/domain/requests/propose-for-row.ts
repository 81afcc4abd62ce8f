import { formatCredits } from '#app/domain/credits.ts';
import { formatMoney } from '#app/domain/money.ts';
import { askCredits, askRefund, noOffer, offer } from '#app/domain/requests/proposal.ts';
import type { ChargeFacts } from '#app/domain/requests/refund-guards.ts';
import type { Offer } from '#app/domain/requests/proposal.ts';
import type { Generation, Payment } from '#app/domain/book/records.ts';
import { refTo } from '#app/domain/rules/rule.ts';

/** A refund of what is left, for a reason that the person writes. @param facts as the book has them. */
export function proposeForPayment(
  { id, customerId }: Pick<Payment, 'id' | 'customerId'>,
  facts: ChargeFacts,
): Offer {
  const { captured, amountCaptured, amountRefunded, currency, blockedByDispute } = facts;
  if (!captured) return noOffer('No money was taken: there is nothing to refund.');
  if (blockedByDispute) return noOffer('Under dispute: the bank decides about this money.');
  const left = amountCaptured - amountRefunded;
  if (left <= 0) return noOffer('All of it has been refunded.');
  const shared = { customerId, flagId: null, evidence: [refTo('payment', id)], reason: '' };
  return offer({
    label: `Refund up to ${formatMoney(left, currency)}…`,
    asked: askRefund(shared, { paymentId: id, amount: left, currency, ground: 'other' }),
  });
}

export type ProposableGeneration = Pick<Generation, 'id' | 'customerId' | 'status'> & {
  /** Credits charged less returned. */
  net: number;
  /** By the rate card; null: it does not say. */
  price: number | null;
};

/** Credits of a generation to give back: all of a failed one, else what exceeds the card. */
export function proposeForGeneration(generation: ProposableGeneration): Offer {
  const { id, customerId, status, net, price } = generation;
  if (net <= 0) return noOffer('No credits were kept: there is nothing to return.');
  const over = price === null ? 0 : net - price;
  const isOver = status === 'succeeded' && over > 0;
  const credits = isOver ? over : net;
  const cause =
    status === 'failed' ? 'failed_generation' : isOver ? 'overcharged_generation' : 'other';
  const shared = { customerId, flagId: null, evidence: [refTo('generation', id)], reason: '' };
  return offer({
    label: `Return ${formatCredits(credits)}…`,
    asked: askCredits(shared, { credits, cause, generationId: id }),
  });
}
