import { decideDelivery } from '#app/domain/mail/delivery-decision.ts';
import type { DeliveryDecision } from '#app/domain/mail/delivery-decision.ts';
import type { Email } from '#app/domain/mail/email.ts';
import { policyAt } from '#app/domain/policy/policy.ts';
import { needsPerson } from '#app/domain/mail/customer-mail.ts';
import type { CustomerMail, MailKind } from '#app/domain/mail/customer-mail.ts';
import { may } from '#app/domain/access/roles.ts';
import type { Role } from '#app/domain/access/roles.ts';
import type { Instant } from '#app/lib/instant.ts';
import { composeMail } from '#app/services/mail/delivery/compose-mail.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { loadCachedRuleContext } from '#app/services/policy/load-cached-rule-context.ts';

/** A letter that waits for a person. */
export interface HeldMail {
  mailId: string;
  heldAt: Instant;
  kind: MailKind;
  why: string;
  /** What it would say if it left now, and to whom; null: nothing that is true. */
  would: (Email & { address: string }) | null;
  /** Null: this person may send it now; else why not. */
  whyNotSend: string | null;
  /** Null: this person may close it. */
  whyNotClose: string | null;
}

/** What became of a letter if a person let it go at this moment. Writes nothing. */
export async function ifReleased(
  money: RemedyDeps,
  mail: CustomerMail,
): Promise<{ next: DeliveryDecision; address: string | null }> {
  const { choice, address } = await composeMail(money, mail);
  const now = money.now();
  const { letterAge } = policyAt((await loadCachedRuleContext(money.store.read)).policies, now);
  const released = { ...mail, releasedAt: now };
  return { next: decideDelivery({ choice, address, mail: released, now, letterAge }), address };
}

const NO_ROLE = 'Your role can’t decide on e-mails.';

/** The letters of a request that wait for a person, with what each would say now. */
export async function loadHeldMail(
  money: RemedyDeps | null,
  role: Role,
  mails: readonly CustomerMail[],
): Promise<HeldMail[]> {
  const found: HeldMail[] = [];
  const whyNotClose = may(role, 'requests.letters') ? null : NO_ROLE;
  for (const mail of mails.filter(needsPerson)) {
    const { id: mailId, heldAt, kind, heldReason } = mail;
    const { next, address } = money
      ? await ifReleased(money, mail)
      : { next: { kind: 'wait' as const, why: 'Stripe is not configured.' }, address: null };
    const letter = next.kind === 'send' || next.kind === 'person' ? next.letter : null;
    found.push({
      // Held, as `needsPerson` says.
      ...{ mailId, heldAt: heldAt ?? 0, kind, why: heldReason ?? '', whyNotClose },
      would: letter === null ? null : { ...letter, address: address ?? '' },
      whyNotSend: whyNotClose ?? (next.kind === 'send' ? null : next.why),
    });
  }
  return found;
}
