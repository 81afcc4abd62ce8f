import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { invalid, notFound } from '#app/domain/requests/errors.ts';
import type { Refused, RequestRefusal } from '#app/domain/requests/errors.ts';
import type { RemedyRequest } from '#app/domain/requests/request.ts';
import type { Evaluation } from '#app/domain/remedies/evaluation.ts';
import { previewMail } from '#app/services/mail/preview-mail.ts';
import type { MailPreview } from '#app/services/mail/preview-mail.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import { loadInputs } from '#app/services/requests/evaluate/load-inputs.ts';
import {
  blockingError,
  evaluateRequest,
} from '#app/services/requests/evaluate/evaluate-request.ts';
import { changedContent } from '#app/services/requests/lifecycle/edit-request.ts';
import type { RequestEdit } from '#app/services/requests/lifecycle/edit-request.ts';
import { findRequest } from '#db/queries/requests/requests.ts';

/** What a person is shown before they ask. */
export interface ActorPreview {
  /** Null where what is asked cannot even be weighed. */
  weighed: Pick<Evaluation, 'guards' | 'verdict' | 'needsWord' | 'balance' | 'seen'> | null;
  /** Credits that a refund takes back, 0 or more. */
  takeBack: number;
  /** Why it could not be asked for now; null: it could. */
  refusal: RequestRefusal | null;
  /** What the customer would be told; null where that cannot be said. */
  foretold: MailPreview | null;
}

/**
 * A remedy before it is asked for: the same computation as asking, with the mail that would follow.
 * @param of the request that would be changed to it; null: it would be a new one.
 */
export async function previewForActor(
  app: StaffRemedyDeps,
  draft: RemedyDraft,
  of: Pick<RemedyRequest, 'id' | 'requestedBy'> | null = null,
): Promise<ActorPreview> {
  const { weighed, refusal } = await previewRequest(app, draft, of);
  if (weighed === null) return { weighed, takeBack: 0, refusal, foretold: null };
  const { content, guards, verdict, needsWord, balance, seen } = weighed;
  return {
    weighed: { guards, verdict, needsWord, balance, seen },
    takeBack: content.kind === 'refund' ? content.takeBack : 0,
    refusal,
    foretold: await previewMail(app, {
      ...{ id: 'req_preview', revision: 1, content, customerId: content.customerId },
      requestedBy: of?.requestedBy ?? app.actor.staffId,
    }),
  };
}

interface RequestPreview {
  /** Null where what is asked cannot even be weighed: `refusal` says why. */
  weighed: Evaluation | null;
  /** Why it could not be asked for now; null: it could. */
  refusal: RequestRefusal | null;
}

/**
 * What would happen if it were asked for now: the same computation, and nothing written.
 * @param of the request that would be changed to it; null: it would be a new one.
 * @internal
 */
export async function previewRequest(
  app: StaffRemedyDeps,
  draft: RemedyDraft,
  of: Pick<RemedyRequest, 'id' | 'requestedBy'> | null = null,
): Promise<RequestPreview> {
  const { read } = app.store;
  const inputs = await loadInputs(app, draft);
  const { staffId, role: askerRole } = app.actor;
  const requestedBy = of?.requestedBy ?? staffId;
  const exceptId = of?.id ?? null;
  const answer = await evaluateRequest(read, draft, inputs, { requestedBy, askerRole, exceptId });
  if (!answer.ok) return { weighed: null, refusal: answer.refusal };
  const refused = await blockingError(read, answer.weighed, inputs, exceptId);
  return { weighed: answer.weighed, refusal: refused?.refusal ?? null };
}

type EditPreview = { ok: true; customerId: string; preview: ActorPreview } | Refused;

/** A change of a request before it is made: the same computation as making it. Writes nothing. */
export async function previewEdit(
  app: StaffRemedyDeps,
  { requestId, change }: Pick<RequestEdit, 'requestId' | 'change'>,
): Promise<EditPreview> {
  const request = await findRequest(app.store.read, requestId);
  if (request === null) return notFound('Request not found.');
  const draft = changedContent(request.content, change);
  if (draft === null) return invalid({ change: 'That can’t be edited.' });
  const preview = await previewForActor(app, draft, request);
  return { ok: true, customerId: request.customerId, preview };
}
