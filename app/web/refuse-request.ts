import { statusOf } from '#app/domain/requests/errors.ts';
import type { RequestRefusal } from '#app/domain/requests/errors.ts';
import { refuse } from '#app/web/http.ts';

/** The answer of an action whose use case refused, with the status that belongs to the reason. */
export const refuseRequest = (refusal: RequestRefusal) =>
  refuse(statusOf(refusal), { refused: refusal });
