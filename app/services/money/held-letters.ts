import { leaving } from '#app/domain/mail/leaving.ts';
import type { Leaving } from '#app/domain/mail/leaving.ts';
import type { Letter } from '#app/domain/mail/letter.ts';
import { policyAt } from '#app/domain/policy.ts';
import { needsPerson } from '#app/domain/requests/customer-mail.ts';
import type { CustomerMail, MailKind } from '#app/domain/requests/customer-mail.ts';
import { may } from '#app/domain/roles.ts';
import type { Role } from '#app/domain/roles.ts';
import type { Instant } from '#app/domain/instant.ts';
import { composeLetter } from '#app/services/money/compose-letter.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { readCustomerWorld } from '#app/services/read-customer-world.ts';

/** A letter that waits for a person. */
export interface HeldLetter {
  mailId: string;
  heldAt: Instant;
  kind: MailKind;
  why: string;
  /** What it would say if it left now, and to whom; null: nothing that is true. */
  would: (Letter & { address: string }) | null;
  /** Null: this person may send it now; else why not. */
  whyNotSend: string | null;
  /** Null: this person may close it. */
  whyNotClose: string | null;
}

/** What became of a letter if a person let it go at this moment. Writes nothing. */
export async function ifReleased(
  money: MoneyDeps,
  mail: CustomerMail,
): Promise<{ next: Leaving; address: string | null }> {
  const { choice, address } = await composeLetter(money, mail);
  const now = money.now();
  const { letterAge } = policyAt((await readCustomerWorld(money.store.read)).policies, now);
  const released = { ...mail, releasedAt: now };
  return { next: leaving({ choice, address, mail: released, now, letterAge }), address };
}

const NO_ROLE = 'Your role does not decide on letters.';

/** The letters of a request that wait for a person, with what each would say now. */
export async function heldLetters(
  money: MoneyDeps | null,
  role: Role,
  mails: readonly CustomerMail[],
): Promise<HeldLetter[]> {
  const found: HeldLetter[] = [];
  const whyNotClose = may(role, 'requests.letters') ? null : NO_ROLE;
  for (const mail of mails.filter(needsPerson)) {
    const { id: mailId, heldAt, kind, heldReason } = mail;
    const { next, address } = money
      ? await ifReleased(money, mail)
      : { next: { kind: 'wait' as const, why: 'The settings name no Stripe.' }, address: null };
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
