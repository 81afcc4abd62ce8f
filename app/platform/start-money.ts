import { SECOND } from '#app/domain/instant.ts';
import { makeMail } from '#app/platform/make-money.ts';
import type { Env } from '#app/platform/env.ts';
import type { Platform } from '#app/platform/request-context.ts';
import { keepLooking } from '#app/services/keep-looking.ts';
import type { Looking } from '#app/services/keep-looking.ts';
import { deliverMail } from '#app/services/money/deliver-mail.ts';
import { expireRequests } from '#app/services/money/expire-requests.ts';
import { startDriftTimer } from '#app/services/money/run-drift-checks.ts';
import { startSender } from '#app/services/money/run-sender.ts';
import { startRestoreWatch } from '#app/services/restore/watch-restore.ts';

interface Settings extends Pick<Platform, 'money'> {
  env: Pick<Env, 'SMTP_URL' | 'MAIL_FROM' | 'keyless'>;
  log: Pick<Platform['log'], 'info' | 'error'>;
  clock?: Pick<Platform['clock'], 'measure'>;
}

/**
 * Sends what was decided, mails what is true and compares with Stripe, while the server runs; nothing
 * where no Stripe is set. Each looks by itself: a mail server that does not answer holds no money up.
 */
export const startMoney = ({ money, env, log, clock }: Settings): Pick<Looking, 'stop'> => {
  if (money === null) return { stop: async () => undefined };
  const mail = makeMail(env);
  const looks = [
    startSender(
      { ...money, log },
      {
        afterwards: () => expireRequests(money),
        // The server may be another one from now on, with another clock.
        afterFailure: clock && (() => clock.measure()),
      },
    ),
    startDriftTimer({ ...money, log }),
    startRestoreWatch({ ...money, log }),
  ];
  if (mail) {
    const look = async (signal: AbortSignal): Promise<boolean> =>
      (await deliverMail({ ...money, mail }, signal)) > 0;
    looks.push(keepLooking(look, { every: SECOND, log, failure: 'mail could not be sent' }));
  }
  return {
    stop: async () => {
      await Promise.all(looks.map((each) => each.stop()));
      mail?.close();
    },
  };
};
