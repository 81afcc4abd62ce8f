import type { RequestKind } from '#app/domain/requests/request.ts';

/*
 * A step's id follows from its request alone. So a request that is approved once more, because the database
 * was restored from a backup that does not know of the first time, sends under the same ids and keys, and is
 * answered with what was done then.
 */

interface Position {
  requestId: string;
  ordinal: number;
}

const tailOf = (requestId: string): string => requestId.slice(requestId.indexOf('_') + 1);

/** A step of a request as it stands in one revision: changed content is other steps. */
export const operationIdOf = ({
  requestId,
  revision,
  ordinal,
}: Position & { revision: number }): string => `op_${tailOf(requestId)}_${revision}_${ordinal}`;

/** The step that returns what an earlier one took. */
export const returningIdOf = ({ requestId, ordinal }: Position): string =>
  `op_${tailOf(requestId)}_back_${ordinal}`;

/** How often a request may have been changed after a backup for its steps to be found by their ids. */
const LATER_REVISIONS = 3;

/** A step of credits that a request may have had, and the one that would have returned what it took. */
export interface PossibleStep {
  id: string;
  returnedBy: string | null;
}

/**
 * The steps of credits that a request may have had in any revision, up to some later ones. A revision is
 * approved once at most: for one step of credits, or for a refund with a step behind it.
 */
export const possibleCreditSteps = ({
  id: requestId,
  kind,
  revision: current,
}: {
  id: string;
  kind: RequestKind;
  revision: number;
}): PossibleStep[] => {
  if (kind === 'generation_hold') return [];
  const perRevision = kind === 'refund' ? 2 : 1;
  const first = perRevision;
  const steps: PossibleStep[] = [];
  for (let revision = 1; revision <= current + LATER_REVISIONS; revision += 1)
    for (let ordinal = first; ordinal <= revision * perRevision; ordinal += 1) {
      const returnedBy =
        kind === 'refund' ? returningIdOf({ requestId, ordinal: ordinal + 1 }) : null;
      steps.push({ id: operationIdOf({ requestId, revision, ordinal }), returnedBy });
    }
  return steps;
};
