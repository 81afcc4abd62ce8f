import { SECOND } from '#app/lib/instant.ts';
import { createMail } from '#app/server/create-integrations.ts';
import type { Env } from '#app/config/env.ts';
import type { Platform } from '#app/web/request-context.ts';
import { startPollLoop } from '#app/lib/poll-loop.ts';
import type { Poller } from '#app/lib/poll-loop.ts';
import { deliverMail } from '#app/services/mail/delivery/deliver-mail.ts';
import { expireRequests } from '#app/services/requests/lifecycle/expire-requests.ts';
import { startReconciliationJob } from '#app/services/reconciliation/reconciliation-job.ts';
import { startOperationWorker } from '#app/services/operations/operation-worker.ts';
import { startRefundPolling } from '#app/services/stripe/poll-pending-refunds.ts';
import { startRestoreWatch } from '#app/services/restore/restore-job.ts';

interface Settings extends Pick<Platform, 'money'> {
  env: Pick<Env, 'SMTP_URL' | 'MAIL_FROM' | 'keyless'>;
  log: Pick<Platform['log'], 'info' | 'error'>;
  clock?: Pick<Platform['clock'], 'measure'>;
}

/**
 * Sends what was decided, mails what is true and compares with Stripe, while the server runs; nothing
 * where no Stripe is set. Each looks by itself: a mail server that does not answer holds no money up.
 */
export const startJobs = ({ money, env, log, clock }: Settings): Pick<Poller, 'stop'> => {
  if (money === null) return { stop: async () => undefined };
  const mail = createMail(env);
  const looks = [
    startOperationWorker(
      { ...money, log },
      {
        afterwards: () => expireRequests(money),
        // The server may be another one from now on, with another clock.
        afterFailure: clock && (() => clock.measure()),
      },
    ),
    startRefundPolling({ ...money, log }),
    startReconciliationJob({ ...money, log }),
    startRestoreWatch({ ...money, log }),
  ];
  if (mail) {
    const look = async (signal: AbortSignal): Promise<boolean> =>
      (await deliverMail({ ...money, mail }, signal)) > 0;
    looks.push(startPollLoop(look, { every: SECOND, log, failure: 'mail could not be sent' }));
  }
  return {
    stop: async () => {
      await Promise.all(looks.map((each) => each.stop()));
      mail?.close();
    },
  };
};
