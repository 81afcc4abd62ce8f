import { makeMail } from '#app/platform/make-money.ts';
import type { Platform } from '#app/platform/request-context.ts';
import type { Looking } from '#app/services/keep-looking.ts';
import { deliverMail } from '#app/services/money/deliver-mail.ts';
import { expireRequests } from '#app/services/money/expire-requests.ts';
import { startDriftTimer } from '#app/services/money/run-drift-checks.ts';
import { startSender } from '#app/services/money/run-sender.ts';

/** Sends what was decided, mails what is true and compares with Stripe, while the server runs; nothing where no Stripe is set. */
export const startMoney = ({ money, env, log }: Platform): Pick<Looking, 'stop'> => {
  if (money === null) return { stop: async () => undefined };
  const mail = makeMail(env);
  const afterwards = async (signal: AbortSignal): Promise<void> => {
    await expireRequests(money);
    if (mail) await deliverMail({ ...money, mail }, signal);
  };
  const sender = startSender({ ...money, log }, { afterwards });
  const comparisons = startDriftTimer({ ...money, log });
  return {
    stop: async () => {
      await Promise.all([sender.stop(), comparisons.stop()]);
      mail?.close();
    },
  };
};
