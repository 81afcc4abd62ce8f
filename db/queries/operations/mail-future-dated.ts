import { and, eq, gt, isNotNull, isNull, lte, or } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import {
  LETTER_LEASE,
  LONGEST_PAUSE_AT,
  LOOK_AGAIN,
  pauseAfter,
} from '#app/domain/mail/retry-schedule.ts';
import type { Redated } from '#app/domain/mail/retry-schedule.ts';
import type { CustomerMail } from '#app/domain/mail/customer-mail.ts';
import { mail } from '#db/schema/mail.ts';
import type { Read, Tx } from '#db/store.ts';

const TRIES = Array.from({ length: LONGEST_PAUSE_AT }, (_, nth) => nth + 1);

/** Letters still to leave of which an instant lies further after `latest` than any rule puts it. */
export const mailAhead = async (
  read: Read,
  latest: Instant,
  most: number,
): Promise<CustomerMail[]> =>
  read
    .select()
    .from(mail)
    .where(
      and(
        ...[isNull(mail.sentAt), isNull(mail.closedAt)],
        or(
          and(isNotNull(mail.heldAt), gt(mail.nextTryAt, latest + LOOK_AGAIN)),
          and(isNull(mail.heldAt), isNull(mail.error), gt(mail.nextTryAt, latest)),
          and(
            isNull(mail.heldAt),
            or(
              ...TRIES.map((tries) =>
                and(
                  tries === LONGEST_PAUSE_AT ? undefined : lte(mail.attempts, tries),
                  gt(mail.nextTryAt, latest + pauseAfter(tries)),
                ),
              ),
            ),
          ),
          gt(mail.leaseUntil, latest + LETTER_LEASE),
          gt(mail.createdAt, latest),
          gt(mail.releasedAt, latest),
        ),
      ),
    )
    .limit(most);

/** Compare-and-set on what was read. */
export const dateMail = async (tx: Tx, seen: CustomerMail, change: Redated): Promise<void> => {
  await tx
    .update(mail)
    .set(change)
    .where(
      and(
        ...[eq(mail.id, seen.id), eq(mail.attempts, seen.attempts), isNull(mail.sentAt)],
        ...[isNull(mail.closedAt), eq(mail.nextTryAt, seen.nextTryAt)],
        seen.leaseUntil === null ? isNull(mail.leaseUntil) : eq(mail.leaseUntil, seen.leaseUntil),
      ),
    )
    .returning({ id: mail.id });
};
