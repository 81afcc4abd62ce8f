import { toIso } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import type { Restoration } from '#app/domain/restore/restoration.ts';

/** Why nothing can be asked for or approved now. */
export const sendingHeldMessage = (since: Instant): string =>
  `The database was restored (${toIso(since)}): nothing is sent until finance confirms it.`;

/** What stands beside mail that was put aside. */
export const MAIL_SET_ASIDE =
  'The database was restored from a backup, and this may have been sent before.';

/**
 * The reason beside a letter that waits for a person: what is new, behind the warning that the restore left,
 * which holds as long as the letter waits.
 */
export const withRestoreWarning = (before: string | null, why: string): string =>
  before?.startsWith(MAIL_SET_ASIDE) && !why.startsWith(MAIL_SET_ASIDE)
    ? `${MAIL_SET_ASIDE} ${why}`
    : why;

/**
 * Whether the change of a step tells of what was done before the database was restored: then the customer may
 * have been told already, and is not told again. News while nothing is sent is of before; so is what was there
 * before this database has sent it. A refund that fails after the restore was confirmed is news.
 */
export const mayBeSentAlready = (
  latest: Pick<Restoration, 'at' | 'confirmedAt'> | null,
  before: Pick<Operation, 'state'>,
  { firstSentAt, externalId }: Pick<Operation, 'firstSentAt' | 'externalId'>,
): boolean => {
  if (latest === null) return false;
  if (latest.confirmedAt === null) return true;
  // What was never there outside has told nobody.
  if (externalId === null) return false;
  return before.state !== 'succeeded' && (firstSentAt === null || firstSentAt <= latest.at);
};
