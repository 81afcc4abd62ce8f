import type { Asked } from '#app/domain/requests/asked.ts';
import { isWhatWasAsked } from '#app/domain/requests/canonical.ts';
import { conflict, repeats } from '#app/domain/requests/refusal.ts';
import type { Refused } from '#app/domain/requests/refusal.ts';
import { isAlike, repeatedSince, repeatOf, sayRepeat } from '#app/domain/requests/repeated-ask.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import type { Actor } from '#app/domain/roles.ts';
import type { RequestAnswer } from '#app/services/money/request-remedy.ts';
import type { Survey } from '#app/services/money/survey.ts';
import { requestByForm, requestsAboutSame } from '#db/queries/repeated-asks.ts';
import { eventsOfRequest, findRequest } from '#db/queries/requests.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import type { Read } from '#db/store.ts';

/**
 * What a form that has asked already is answered with: its request, whatever has become of it; a refusal
 * where it asks for something else by now. Null: it has asked for nothing yet.
 */
export async function answerByForm(
  read: Read,
  form: { requestedBy: string; formKey: string | null },
  asked: Asked,
): Promise<RequestAnswer | null> {
  const { requestedBy, formKey } = form;
  if (formKey === null) return null;
  const request = await requestByForm(read, { requestedBy, formKey });
  if (request === null) return null;
  const events = await eventsOfRequest(read, request.id);
  const first = events.find(({ kind }) => kind === 'asked')?.content ?? request.content;
  if (isWhatWasAsked(asked, first)) return { ok: true, request, repeated: true };
  return conflict(
    'This form was sent before with other content, and that was asked for: see it, then open the form anew.',
    { otherId: request.id },
  );
}

/** What a change that this person has made already is answered with; null: it was not made, or not last. */
export async function answerEdited(
  read: Read,
  { staffId }: Actor,
  request: StoredRequest,
  asked: Asked,
): Promise<RequestAnswer | null> {
  const events = await eventsOfRequest(read, request.id);
  const last = events.findLast(({ content }) => content !== null);
  const same =
    last?.kind === 'edited' &&
    last.actorId === staffId &&
    last.content !== null &&
    isWhatWasAsked(asked, last.content);
  return same ? { ok: true, request, repeated: true } : null;
}

/**
 * Why it is not asked for without a reason after another one; null: nothing lately was about the same.
 * `isPossible`: with a reason it could be asked for.
 */
export async function refuseRepeat(
  read: Read,
  content: RequestContent,
  { limits, now }: Pick<Survey, 'limits' | 'now'>,
  { exceptId, isPossible }: { exceptId: string | null; isPossible: boolean },
): Promise<Refused | null> {
  const at = now();
  const since = repeatedSince(at, limits.repeatHours);
  const own = exceptId === null ? null : await findRequest(read, exceptId);
  const earlier = await requestsAboutSame(read, content, { since, exceptId });
  const first = repeatOf(content, earlier, { since, own });
  if (first === null) return null;
  // What stands in the way of another amount says more than that there was one before.
  if (!isPossible && !isAlike(content, first.content)) return null;
  const says = sayRepeat(content, first, at);
  return isPossible
    ? repeats(`${says} If this one is wanted as well, say why.`, first.id)
    : conflict(says, { otherId: first.id });
}
