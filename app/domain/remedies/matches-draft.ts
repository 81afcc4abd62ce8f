import { trimmed } from '#app/domain/remedies/remedy-draft.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import { canonicalJson, plainOf } from '#app/domain/requests/canonical-content.ts';

/** Whether a form asks for what a request was first asked for; what follows from it is worked out anew. */
export function matchesDraft(draft: RemedyDraft, content: RequestContent): boolean {
  const textOf = (one: RequestContent | RemedyDraft): string => {
    const { takeBack: _worked, ...plain } = plainOf(trimmed(one));
    return canonicalJson(plain);
  };
  return textOf(draft) === textOf(content);
}
