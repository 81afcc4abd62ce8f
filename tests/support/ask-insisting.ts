import type { Asked } from '#app/domain/requests/asked.ts';
import { requestRemedy } from '#app/services/money/request-remedy.ts';
import type { RequestAnswer } from '#app/services/money/request-remedy.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';

/** As many as may ask about one thing in the same moment. */
const MOST = 20;

/** The same with a word why, after an answer that wants one; null: no word would help. */
export const withWordWhy = (asked: Asked, answer: RequestAnswer): Asked | null => {
  if (answer.ok) return null;
  const { refusal } = answer;
  if (refusal.refused !== 'conflict' || !refusal.mayRepeat || refusal.otherId === null) return null;
  const because = 'Something else did not work either.';
  return { ...asked, again: { after: refusal.otherId, because } };
};

/** Asks, and says why it is wanted as well wherever another one about the same was asked for before. */
export const askInsisting = async (app: StaffMoneyDeps, asked: Asked): Promise<RequestAnswer> => {
  let answer = await requestRemedy(app, asked);
  for (let times = 0; times < MOST; times += 1) {
    const next = withWordWhy(asked, answer);
    if (next === null) break;
    answer = await requestRemedy(app, next);
  }
  return answer;
};
