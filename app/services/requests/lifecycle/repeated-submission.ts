import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { matchesDraft } from '#app/domain/remedies/matches-draft.ts';
import { conflict } from '#app/domain/requests/errors.ts';
import type { Refused } from '#app/domain/requests/errors.ts';
import type { Actor } from '#app/domain/access/roles.ts';
import { requestByForm } from '#db/queries/requests/repeat-requests.ts';
import { eventsOfRequest } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Read } from '#db/store.ts';
/**
 * What a form that has asked already is answered with: its request, whatever has become of it; a refusal
 * where it asks for something else by now. Null: it has asked for nothing yet.
 */
export async function findRepeatedSubmission(
  read: Read,
  form: { requestedBy: string; formKey: string | null },
  draft: RemedyDraft,
): Promise<RequestResult | null> {
  const { requestedBy, formKey } = form;
  if (formKey === null) return null;
  const request = await requestByForm(read, { requestedBy, formKey });
  if (request === null) return null;
  const events = await eventsOfRequest(read, request.id);
  const first = events.find(({ kind }) => kind === 'asked')?.content ?? request.content;
  if (matchesDraft(draft, first)) return { ok: true, request, repeated: true };
  return conflict(
    'This form was already sent with other content. See that request, then open the form again.',
    { otherId: request.id },
  );
}

/** What a change that this person has made already is answered with; null: it was not made, or not last. */
export async function findRepeatedEdit(
  read: Read,
  { staffId }: Actor,
  request: StoredRequest,
  draft: RemedyDraft,
): Promise<RequestResult | null> {
  const events = await eventsOfRequest(read, request.id);
  const last = events.findLast(({ content }) => content !== null);
  const same =
    last?.kind === 'edited' &&
    last.actorId === staffId &&
    last.content !== null &&
    matchesDraft(draft, last.content);
  return same ? { ok: true, request, repeated: true } : null;
}

export type RequestResult =
  /** `repeated`: it had been done before by the same form; nothing was done now. */
  { ok: true; request: StoredRequest; repeated?: true } | Refused;
