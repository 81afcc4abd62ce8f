import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import type { RequestResult } from '#app/services/requests/lifecycle/repeated-submission.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
/** As many as may ask about one thing in the same moment. */
const MOST = 20;

/** The same with a word why, after an answer that wants one; null: no word would help. */
export const withWordWhy = (asked: RemedyDraft, answer: RequestResult): RemedyDraft | null => {
  if (answer.ok) return null;
  const { refusal } = answer;
  if (refusal.refused !== 'conflict' || !refusal.mayRepeat || refusal.otherId === null) return null;
  const because = 'Something else did not work either.';
  return { ...asked, again: { after: refusal.otherId, because } };
};

/** Asks, and says why it is wanted as well wherever another one about the same was asked for before. */
export const askInsisting = async (
  app: StaffRemedyDeps,
  asked: RemedyDraft,
): Promise<RequestResult> => {
  let answer = await createRequest(app, asked);
  for (let times = 0; times < MOST; times += 1) {
    const next = withWordWhy(asked, answer);
    if (next === null) break;
    answer = await createRequest(app, next);
  }
  return answer;
};
