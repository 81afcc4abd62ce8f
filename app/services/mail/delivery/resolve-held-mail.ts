import { needsPerson } from '#app/domain/mail/customer-mail.ts';
import type { CustomerMail } from '#app/domain/mail/customer-mail.ts';
import {
  conflict,
  forbidden,
  invalid,
  notFound,
  unavailable,
} from '#app/domain/requests/errors.ts';
import type { Refused } from '#app/domain/requests/errors.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { RemedyDeps, StaffDeps } from '#app/services/deps.ts';
import { ifReleased } from '#app/services/mail/delivery/load-held-mail.ts';
import { auditMail } from '#app/services/mail/audit-mail.ts';
import { authorizeInTx } from '#app/services/access/authorize-in-tx.ts';
import { answerHeldMail, findMail } from '#db/queries/operations/mail.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';

/** What a person wants done with a letter that waits for one. */
export interface HeldMailAnswer {
  requestId: string;
  mailId: string;
  /** As the person saw it. */
  heldAt: Instant;
  answer: 'send' | 'close';
  /** Needed for closing it. */
  reason: string;
}

const GONE = 'Someone else handled this e-mail. Reload.';

/**
 * Lets a letter go that waits for a person, or closes it. One that is let go is composed anew by the
 * outbox when it leaves; one of which nothing true can be said now is refused.
 */
export const resolveHeldMail = async (
  app: StaffDeps & { money: RemedyDeps | null; requestId?: string },
  given: HeldMailAnswer,
): Promise<{ ok: true } | Refused> => {
  const reason = given.reason.trim();
  if (reason.length > LONGEST_REASON) return invalid({ reason: 'Use a shorter reason.' });
  if (given.answer === 'close' && reason === '')
    return invalid({ reason: 'Say why no e-mail is sent.' });
  const mail = await findMail(app.store.read, given.mailId);
  if (mail === null || mail.requestId !== given.requestId) return notFound('E-mail not found.');
  if (!needsPerson(mail) || mail.heldAt !== given.heldAt) return conflict(GONE);
  if (given.answer === 'send') {
    if (app.money === null) return unavailable('Stripe is not configured.');
    const { next } = await ifReleased(app.money, mail);
    if (next.kind !== 'send') return conflict(`It can’t be sent now. ${next.why}`);
  }
  return write(app, mail, { ...given, reason });
};

const write = (
  app: StaffDeps & { requestId?: string },
  mail: CustomerMail,
  { answer, reason, heldAt }: HeldMailAnswer,
): Promise<{ ok: true } | Refused> =>
  app.store.write(async (tx) => {
    const person = await authorizeInTx(tx, app.actor, 'requests.letters');
    if (person === null) return forbidden('Your role can’t decide on e-mails.');
    const { staffId } = person;
    const at = app.now();
    const change =
      answer === 'send'
        ? {
            ...{ heldAt: null, heldReason: null, error: null, nextTryAt: at },
            ...{ releasedAt: at, releasedBy: staffId },
          }
        : { closedAt: at, closedReason: reason, closedBy: staffId };
    const after = await answerHeldMail(tx, { id: mail.id, heldAt }, change);
    if (after === null) return conflict(GONE);
    const requestId = app.requestId === undefined ? {} : { requestId: app.requestId };
    const by = { actorId: staffId, ticket: app.ticket, reason: reason || null, ...requestId };
    await auditMail(app, tx, mail, after, by);
    return { ok: true };
  });
