import type { Payment } from '#app/domain/book/records.ts';
import { HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Account } from '#scripts/demo-book/account.ts';
import { DECLINES } from '#scripts/demo-book/catalogue.ts';
import { charge, post, refund } from '#scripts/demo-book/postings.ts';
import type { Charge } from '#scripts/demo-book/postings.ts';

/** What goes wrong on ordinary days and is put right by itself; none of it is an anomaly. */

/** A payment that the bank refused just before `at`. */
export const decline = (account: Account, { at, ...rest }: Charge): Payment => {
  const { weight: _, ...reason } = account.random.weighted(DECLINES);
  return charge(account, {
    at: at - account.random.int(20, 90) * SECOND,
    ...rest,
    status: 'failed',
    capturedAt: null,
    ...reason,
  });
};

/** The buyer changed their mind within the hour: money back, credits taken back. */
export const refundUnused = (account: Account, payment: Payment): void => {
  const at = (payment.capturedAt ?? payment.createdAt) + account.random.int(15, 50) * MINUTE;
  refund(account, payment, { at });
  post(account, 'revocation', {
    at: at + account.random.int(2, 20) * SECOND,
    credits: -(payment.credits ?? 0),
    paymentId: payment.id,
    note: 'pack refunded',
  });
};

/** Cards that were added to the account: now and then one is refused before another is taken. */
export const addCard = (account: Account, at: Instant): void => {
  const { random } = account;
  const attempt = (when: Instant, failed: boolean): void => {
    account.setupAttempts.push({
      id: `setatt_1${random.token(23)}`,
      customerId: account.id,
      at: when,
      status: failed ? 'failed' : 'succeeded',
      failureCode: failed ? 'card_declined' : null,
      declineCode: failed
        ? random.pick(['do_not_honor', 'generic_decline', 'card_not_supported'])
        : null,
      cardBrand: account.card.cardBrand,
      cardFunding: failed ? 'prepaid' : random.pick(['credit', 'credit', 'debit']),
    });
  };
  if (random.chance(0.08)) attempt(at - random.int(1, 20) * MINUTE, true);
  attempt(at, false);
};

/** The last two attempts at a renewal failed: the subscription is past due. */
export const missRenewal = (account: Account, due: Charge): void => {
  decline(account, due);
  const again = due.at + 30 * HOUR;
  if (again < account.now) decline(account, { ...due, at: again });
};
