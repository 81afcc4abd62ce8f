import type { Generation } from '#app/domain/book/records.ts';
import { formatCreditCount, formatCredits } from '#app/domain/money/credits.ts';
import { offerOf, suggestCredits, suggestRefund } from '#app/domain/remedies/suggestion.ts';
import type { Offer } from '#app/domain/remedies/suggestion.ts';
import type { AdjustmentCause } from '#app/domain/requests/request.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
/** A line of the payments as it is shown: money in minor units of `currency`. */
export interface PaymentToRemedy {
  customerId: string;
  id: string;
  /** What became of it, as the line says. */
  state: string;
  amount: number | null;
  /** Null: all of `amount`. */
  amountCaptured: number | null;
  refunded: number;
  currency: string | null;
}

const NOT_CAPTURED = 'Nothing was captured, so there is nothing to refund.';
const DISPUTED = 'The bank decides about this money. A refund would pay twice.';
const REFUNDED = 'All of it was refunded.';

const WHY_NONE: ReadonlyMap<string, string> = new Map([
  ['authorised', 'Nothing was captured. An authorization expires on its own.'],
  ['disputed', DISPUTED],
  ['dispute_lost', 'The bank returned this money.'],
  ['refunded', REFUNDED],
]);

/** A refund of what is left; why, the agent says. */
export function suggestForPayment(row: PaymentToRemedy): Offer {
  const { customerId, id, state, currency } = row;
  if (state !== 'captured' && state !== 'partly_refunded') {
    return { proposals: [], whyNone: WHY_NONE.get(state) ?? NOT_CAPTURED };
  }
  const left = (row.amountCaptured ?? row.amount ?? 0) - row.refunded;
  const refund = {
    ...{ paymentId: id, amount: left, currency },
    ...({ ground: 'other', creditChoice: 'take_back_unspent' } as const),
  };
  const evidence = [refTo('payment', id)];
  const grounds = { customerId, reason: '', evidence, flagId: null };
  return offerOf(
    suggestRefund(grounds, refund, 'other'),
    row.refunded > 0 ? REFUNDED : NOT_CAPTURED,
  );
}

/** A line of the generations as it is shown, in credits. */
export interface GenerationToRemedy {
  customerId: string;
  id: string;
  kind: Generation['kind'];
  status: Generation['status'];
  charged: number;
  returned: number;
  /** Null: the rate card does not say. */
  price: number | null;
}

const KINDS: Record<Generation['kind'], string> = {
  image: 'Image',
  video: 'Video',
  training: 'Training',
};

/** The credits to return, and why; the reason is the agent's where nothing went wrong by the book. */
function dueBack(row: GenerationToRemedy): {
  credits: number;
  cause: AdjustmentCause;
  reason: string;
} {
  const net = row.charged - row.returned;
  if (row.status === 'failed') {
    const reason = `${KINDS[row.kind]} failed and kept ${formatCreditCount(net)}.`;
    return { credits: net, cause: 'failed_generation', reason };
  }
  if (row.status === 'succeeded' && row.price !== null && net > row.price) {
    const reason = `${KINDS[row.kind]} cost ${formatCreditCount(net)}; the rate card says ${formatCredits(row.price)}.`;
    return { credits: net - row.price, cause: 'overcharged_generation', reason };
  }
  return { credits: net, cause: 'other', reason: '' };
}

/** What it cost back, or what it cost too much. */
export function suggestForGeneration(row: GenerationToRemedy): Offer {
  if (row.status === 'queued' || row.status === 'running') {
    return { proposals: [], whyNone: 'It has not finished, so its cost is not final yet.' };
  }
  const net = row.charged - row.returned;
  if (net <= 0) {
    const whyNone = row.charged === 0 ? 'It was free.' : 'All its credits were returned.';
    return { proposals: [], whyNone };
  }
  const { credits, cause, reason } = dueBack(row);
  const { customerId, id } = row;
  const grounds = { customerId, reason, evidence: [refTo('generation', id)], flagId: null };
  const proposals = suggestCredits('Return', grounds, { credits, cause, generationId: id });
  return offerOf(
    proposals.map((proposal) => ({ ...proposal, emphasis: cause === 'other' ? 'other' : 'main' })),
    'Its cost is more than one request can return.',
  );
}
