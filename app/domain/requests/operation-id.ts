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

/** The step that returns what an earlier one took. */
export const returningIdOf = ({ requestId, ordinal }: Place): string =>
  `op_${tailOf(requestId)}_back_${ordinal}`;
