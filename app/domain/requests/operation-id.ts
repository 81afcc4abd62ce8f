/*
 * A step's id follows from its request alone. So a request that is approved once more, because the database
 * was restored from a backup that does not know of the first time, sends under the same ids and keys, and is
 * answered with what was done then.
 */

interface Place {
  requestId: string;
  ordinal: number;
}

const tailOf = (requestId: string): string => requestId.slice(requestId.indexOf('_') + 1);

/** A step of a request as it stands in one revision: changed content is other steps. */
export const operationIdOf = ({
  requestId,
  revision,
  ordinal,
}: Place & { revision: number }): string => `op_${tailOf(requestId)}_${revision}_${ordinal}`;

/** Revisions that a request may have been at, beyond the one that a backup knows. */
const REVISIONS_AHEAD = 3;
/** Steps that a request may have had beyond those that a backup knows. */
const STEPS_AHEAD = 3;

/**
 * Every id under which a step of a request may have been carried out, whatever its revision was then: a backup
 * may know an earlier one.
 * @param revision the one that is known. @param lastOrdinal of the steps that are known; 0: there are none.
 */
export const possibleOperationIds = ({
  requestId,
  revision,
  lastOrdinal,
}: {
  requestId: string;
  revision: number;
  lastOrdinal: number;
}): string[] => {
  const ids: string[] = [];
  for (let ordinal = 1; ordinal <= lastOrdinal + STEPS_AHEAD; ordinal += 1) {
    for (let at = 1; at <= revision + REVISIONS_AHEAD; at += 1)
      ids.push(operationIdOf({ requestId, revision: at, ordinal }));
    ids.push(returningIdOf({ requestId, ordinal }));
  }
  return ids;
};

/** The step that returns what an earlier one took. */
export const returningIdOf = ({ requestId, ordinal }: Place): string =>
  `op_${tailOf(requestId)}_back_${ordinal}`;
