import type { RemedyGuard, Evaluation } from '#app/domain/remedies/evaluation.ts';

/*
 * Credits and holds are changed by the product. Where the settings name none, nothing of the kind is
 * approved: it would wait for ever, and people would take it for sent.
 */

export const NO_PRODUCT = 'No product API is set (PRODUCT_API_URL)';
const WORDS = `${NO_PRODUCT}: this can be approved once an administrator has set it.`;

/** @param field of the form that it speaks of. */
export const productGuard = (isSet: boolean, field: string): RemedyGuard[] =>
  isSet ? [] : [{ id: 'product', field, holds: false, words: WORDS }];

/** What must hold before it is asked for. What waits for a decision anyway may wait for the product too. */
export const guardsOfAsking = ({ guards, verdict }: Pick<Evaluation, 'guards' | 'verdict'>) =>
  verdict.kind === 'allowed' && verdict.approvals > 0
    ? guards.filter(({ id }) => id !== 'product')
    : guards;
