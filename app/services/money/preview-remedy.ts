import type { Asked } from '#app/domain/requests/asked.ts';
import type { RequestRefusal } from '#app/domain/requests/refusal.ts';
import type { RemedyRequest } from '#app/domain/requests/request.ts';
import type { Weighed } from '#app/domain/requests/weighed.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import { survey } from '#app/services/money/survey.ts';
import { refusalOf, weighRemedy } from '#app/services/money/weigh-remedy.ts';

export interface RemedyPreview {
  /** Null where what is asked cannot even be weighed: `refusal` says why. */
  weighed: Weighed | null;
  /** Why it could not be asked for now; null: it could. */
  refusal: RequestRefusal | null;
}

/**
 * What would happen if it were asked for now: the same computation, and nothing written.
 * @param of the request that would be changed to it; null: it would be a new one.
 */
export async function previewRemedy(
  app: StaffMoneyDeps,
  asked: Asked,
  of: Pick<RemedyRequest, 'id' | 'requestedBy'> | null = null,
): Promise<RemedyPreview> {
  const { read } = app.store;
  const surveyed = await survey(app, asked);
  const { staffId, role: askerRole } = app.actor;
  const requestedBy = of?.requestedBy ?? staffId;
  const exceptId = of?.id ?? null;
  const answer = await weighRemedy(read, asked, surveyed, { requestedBy, askerRole, exceptId });
  if (!answer.ok) return { weighed: null, refusal: answer.refusal };
  const refused = await refusalOf(read, answer.weighed, surveyed, exceptId);
  return { weighed: answer.weighed, refusal: refused?.refusal ?? null };
}
