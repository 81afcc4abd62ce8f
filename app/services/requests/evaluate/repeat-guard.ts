import type { Read } from '#db/store.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import type { EvaluationInputs } from '#app/services/requests/evaluate/load-inputs.ts';
import { conflict, repeats } from '#app/domain/requests/errors.ts';
import type { Refused } from '#app/domain/requests/errors.ts';
import {
  isAlike,
  repeatOf,
  repeatWindowStart,
  describeRepeat,
} from '#app/domain/requests/repeat-request.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { requestsAboutSame } from '#db/queries/requests/repeat-requests.ts';

/**
 * Why it is not asked for without a reason after another one; null: nothing lately was about the same.
 * `isPossible`: with a reason it could be asked for.
 */
export async function repeatError(
  read: Read,
  content: RequestContent,
  { limits, now }: Pick<EvaluationInputs, 'limits' | 'now'>,
  { exceptId, isPossible }: { exceptId: string | null; isPossible: boolean },
): Promise<Refused | null> {
  const at = now();
  const since = repeatWindowStart(at, limits.repeatHours);
  const own = exceptId === null ? null : await findRequest(read, exceptId);
  const earlier = await requestsAboutSame(read, content, { since, exceptId });
  const first = repeatOf(content, earlier, { since, own });
  if (first === null) return null;
  // What stands in the way of another amount says more than that there was one before.
  if (!isPossible && !isAlike(content, first.content)) return null;
  const says = describeRepeat(content, first, at);
  return isPossible
    ? repeats(`${says} If this one is needed too, say why.`, first.id)
    : conflict(says, { otherId: first.id });
}
