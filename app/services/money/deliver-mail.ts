import { DAY, MINUTE } from '#app/domain/instant.ts';
import type { CustomerMail } from '#app/domain/requests/customer-mail.ts';
import type { MailDoor } from '#app/outside/mail/open-mail.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { claimMail, dueMail, mailsOfRequest, settleMail } from '#db/queries/mail.ts';
import { appendAudit } from '#db/queries/audit-events.ts';

export type MailDeps = Pick<MoneyDeps, 'store' | 'now' | 'newId' | 'owner' | 'point'> & {
  mail: MailDoor;
};

const AT_ONCE = 20;
/** Longer than a server may take to answer. */
const LEASE = 2 * MINUTE;
/** For mail that is no longer true: a hundred years. */
const NEVER = 36_525 * DAY;

/**
 * Sends what waits in the outbox. A mail is one sender's at a time; only where a process ends between
 * the server's yes and our note of it is it sent again, with the same Message-ID. Answers how many went.
 */
export const deliverMail = async (deps: MailDeps, signal?: AbortSignal): Promise<number> => {
  let sent = 0;
  for (const mail of await dueMail(deps.store.read, deps.now(), AT_ONCE)) {
    if (signal?.aborted) break;
    if (await deliver(deps, mail)) sent += 1;
  }
  return sent;
};

async function deliver(deps: MailDeps, mail: CustomerMail): Promise<boolean> {
  const { store, owner } = deps;
  const until = deps.now() + LEASE;
  const mine = await store.write((tx) => claimMail(tx, mail, { owner, until }));
  await deps.point('mail-claimed');
  if (!mine) return false;
  const { id, address: to, subject, body } = mail;
  if (await isUntrueNow(deps, mail)) {
    const never = { nextTryAt: deps.now() + NEVER, error: 'not sent: the refund has failed since' };
    await store.write((tx) => settleMail(tx, id, owner, never));
    return false;
  }
  const outcome = await deps.mail.send({ id, to, subject, body });
  await deps.point('mail-sent');
  const at = deps.now();
  await store.write(async (tx) => {
    if (outcome.kind !== 'sent') {
      const wait = outcome.kind === 'refused' ? DAY : pauseAfter(mail.attempts + 1);
      await settleMail(tx, id, owner, { nextTryAt: at + wait, error: outcome.words });
    } else if (await settleMail(tx, id, owner, { sentAt: at })) {
      await appendAudit(tx, {
        ...{ id: deps.newId('aud'), at, kind: 'mail.sent', customerId: mail.customerId },
        subject: `request:${mail.requestId}`,
        detail: { mail: id, about: mail.kind },
      });
    }
  });
  await deps.point('mail-settled');
  return outcome.kind === 'sent';
}

/** A refund that came back before anybody was told that it was on its way. */
const isUntrueNow = async ({ store }: MailDeps, mail: CustomerMail): Promise<boolean> =>
  mail.kind === 'refund_on_its_way' &&
  (await mailsOfRequest(store.read, mail.requestId)).some(({ kind }) => kind === 'refund_failed');

/** One minute, doubled with each try, six hours at most. */
const pauseAfter = (tries: number): number =>
  Math.min(6 * 60, 2 ** Math.min(tries - 1, 9)) * MINUTE;
