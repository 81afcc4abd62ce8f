import type { Asked } from '#app/domain/requests/asked.ts';
import { requestRemedy } from '#app/services/money/request-remedy.ts';
import type { RequestAnswer } from '#app/services/money/request-remedy.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';

/** As many as may ask about one thing in the same moment. */
const MOST = 20;

/** Asks, and says why it is wanted as well wherever another one about the same was asked for before. */
export const askInsisting = async (app: StaffMoneyDeps, asked: Asked): Promise<RequestAnswer> => {
  let answer = await requestRemedy(app, asked);
  for (let times = 0; times < MOST && !answer.ok; times += 1) {
    const { refusal } = answer;
    if (refusal.refused !== 'conflict' || !refusal.mayRepeat || refusal.otherId === null) break;
    const again = { after: refusal.otherId, because: 'Something else did not work either.' };
    answer = await requestRemedy(app, { ...asked, again });
  }
  return answer;
};
