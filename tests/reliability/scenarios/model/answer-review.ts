import type { Operation } from '#app/domain/operations/operation.ts';
import { resolveManualReview } from '#app/services/operations/manual-review/resolve-manual-review.ts';
import type { ReviewResult } from '#app/services/operations/manual-review/resolve-manual-review.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import type { RealConsole } from '#tests/reliability/scenarios/model/real-console.ts';

/** A review may come behind a review: of a refund, of the credits with it, and of their return. */
const MOST_IN_A_ROW = 6;

/** A person looks outside and says truly what became of a step. */
export const answerTruly = (
  real: RealConsole,
  { id, version, kind }: Operation,
): Promise<ReviewResult> => {
  const made =
    kind === 'stripe_refund'
      ? real.refunds().find(({ metadata }) => metadata['op'] === id)?.id
      : real.world.product.product.adjusted.get(id)?.entry.id;
  const unmarked = real.refunds().filter(({ metadata }) => metadata['op'] === undefined);
  const others = unmarked.map((refund) => refund.id);
  const app = { ...real.deps, ...real.as('finance'), stripe: real.deps.stripe };
  return resolveManualReview(app, {
    ...{ operationId: id, version, reason: 'Looked at it.' },
    // All that bears no mark was made in the dashboard.
    answer: made ? { kind: 'happened', externalId: made } : { kind: 'did_not_happen', others },
  });
};

/**
 * Answers all that waits for a person, with time in between for what follows from an answer. Throws where
 * a true answer is not taken.
 */
export const answerAll = async (
  real: RealConsole,
  settle: (real: RealConsole) => Promise<void>,
): Promise<void> => {
  for (let times = 0; times < MOST_IN_A_ROW; times += 1) {
    const steps = await operationsOf(real.world.store.read, real.requests);
    const open = steps.filter(({ state }) => state === 'needs_review');
    if (open.length === 0) return;
    for (const step of open) {
      const result = await answerTruly(real, step);
      if (result.kind !== 'done') throw new Error(`a true answer was refused: ${result.why}`);
    }
    await settle(real);
  }
};
