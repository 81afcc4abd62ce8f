import { decideDelivery } from '#app/domain/mail/delivery-decision.ts';
import type { DeliveryDecision } from '#app/domain/mail/delivery-decision.ts';
import { withRestoreWarning } from '#app/domain/restore/labels.ts';
import {
  LETTER_LEASE,
  LOOK_AGAIN,
  pauseAfter,
  soonAfter,
} from '#app/domain/mail/retry-schedule.ts';
import { policyAt } from '#app/domain/policy/policy.ts';
import type { CustomerMail } from '#app/domain/mail/customer-mail.ts';
import type { Mailer } from '#app/integrations/mail/create-mailer.ts';
import { composeToSend } from '#app/services/mail/delivery/compose-mail.ts';
import { dateLettersAnew } from '#app/services/operations/reset-future-dates.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { auditMail } from '#app/services/mail/audit-mail.ts';
import { loadCachedRuleContext } from '#app/services/policy/load-cached-rule-context.ts';
import { claimMail, dueMail, recordEmail, updateMail } from '#db/queries/operations/mail.ts';
import { heldSince } from '#db/queries/deployment/restorations.ts';

export type MailDeps = RemedyDeps & { mail: Mailer };

const AT_ONCE = 20;

/**
 * Sends what waits in the outbox, each letter composed as it leaves. A letter is one sender's at a time;
 * only where a process ends between the server's yes and our note of it is it sent again, with the same
 * Message-ID and the same text. Answers how many went.
 */
export const deliverMail = async (deps: MailDeps, signal?: AbortSignal): Promise<number> => {
  let sent = 0;
  if (deps.sends?.(LETTER_LEASE) === false) return sent;
  if ((await heldSince(deps.store.read)) !== null) return sent;
  await dateLettersAnew(deps, AT_ONCE);
  for (const mail of await dueMail(deps.store.read, deps.now(), AT_ONCE)) {
    if (signal?.aborted) break;
    if (await deliver(deps, mail)) sent += 1;
  }
  return sent;
};

async function deliver(deps: MailDeps, due: CustomerMail): Promise<boolean> {
  const { store, owner } = deps;
  const until = deps.now() + LETTER_LEASE;
  const mail = await store.write(async (tx) =>
    (await heldSince(tx)) === null ? claimMail(tx, due, { owner, until }) : null,
  );
  await deps.point('mail-claimed');
  if (mail === null) return false;
  const { choice, address } = await composeToSend(deps, mail);
  await deps.point('mail-composed');
  const now = deps.now();
  const { letterAge } = policyAt((await loadCachedRuleContext(store.read)).policies, now);
  const next = decideDelivery({ choice, address, mail, now, letterAge });
  if (next.kind !== 'send' || address === null || mail.heldAt !== null) {
    await keepBack(deps, mail, next);
    return false;
  }
  const text = { address, ...next.letter };
  const leaves = await store.write(async (tx) => {
    if ((await heldSince(tx)) !== null) return false;
    return recordEmail(tx, mail, {
      owner,
      at: deps.now(),
      until: deps.now() + LETTER_LEASE,
      ...text,
    });
  });
  await deps.point('mail-recorded');
  // Another has taken it up meanwhile, or all sending is held.
  if (!leaves) return false;
  const { id } = mail;
  const outcome = await deps.mail.send({ id, to: address, ...next.letter });
  await deps.point('mail-sent');
  await updateOutcome(deps, mail, outcome);
  await deps.point('mail-settled');
  return outcome.kind === 'sent';
}

/** A letter that does not leave now. One that waits for a person already stays there, or is dropped. */
async function keepBack(deps: MailDeps, mail: CustomerMail, next: DeliveryDecision): Promise<void> {
  const { store, owner } = deps;
  const at = deps.now();
  const settled = (change: Parameters<typeof updateMail>[3]) =>
    store.write(async (tx) => {
      const after = await updateMail(tx, mail.id, owner, change);
      if (after) await auditMail(deps, tx, mail, after);
    });
  if (next.kind === 'drop')
    return settled({ closedAt: at, closedReason: next.why, error: next.why });
  if (next.kind === 'person') return settled(toPerson(mail, at, next.why));
  if (mail.heldAt !== null) return settled({ nextTryAt: at + LOOK_AGAIN, error: mail.error });
  if (next.kind === 'wait')
    return settled({ nextTryAt: at + soonAfter(mail.attempts), error: next.why });
}

const toPerson = (mail: CustomerMail, at: number, words: string) => {
  const why = withRestoreWarning(mail.heldReason, words);
  return { heldAt: mail.heldAt ?? at, heldReason: why, error: why, nextTryAt: at + LOOK_AGAIN };
};

async function updateOutcome(
  deps: MailDeps,
  mail: CustomerMail,
  outcome: Awaited<ReturnType<Mailer['send']>>,
): Promise<void> {
  const at = deps.now();
  const change = (): Parameters<typeof updateMail>[3] => {
    if (outcome.kind === 'sent') return { sentAt: at };
    const { words: error } = outcome;
    // A clear no is of this try alone: an earlier one may have arrived.
    const { leftAt } = mail;
    if (outcome.kind === 'refused')
      return { leftAt, ...toPerson(mail, at, `The mail server refuses it: ${error}`) };
    const again = { nextTryAt: at + pauseAfter(mail.attempts), error };
    // Nobody knows whether it arrived: what was recorded stands.
    return outcome.kind === 'unknown' ? again : { leftAt, ...again };
  };
  await deps.store.write(async (tx) => {
    const after = await updateMail(tx, mail.id, deps.owner, change());
    if (after) await auditMail(deps, tx, mail, after);
  });
}
