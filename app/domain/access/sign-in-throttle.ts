import { MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';

/*
 * How often a password may be tried. Failures are counted for an account and an address together, and for an
 * address over all accounts, so that neither a list of passwords nor a list of accounts gets far. A browser in
 * which the account has signed in before is counted by itself: whatever strangers do, it has its own tries. And
 * once an address has used up its tries, each account keeps a small reserve there, so that fifty strangers
 * behind one proxy do not shut out somebody who knows the password.
 */

/** Failed sign-ins that are forgiven within `SIGN_IN_WINDOW`, for one account from one address or known browser … */
export const SIGN_IN_TRIES_ACCOUNT = 5;
/** … for all accounts together from one address … */
const SIGN_IN_TRIES_ADDRESS = 50;
/** … and for one account from an address that has used those up. */
const SIGN_IN_TRIES_RESERVE = 2;
export const SIGN_IN_WINDOW = 15 * MINUTE;
/** When to come back where passwords are being checked as fast as this machine can. */
export const SIGN_IN_BUSY = 5 * SECOND;

/**
 * Until when a further try has to wait, given the instants of the failures within the window (oldest
 * first); null: it may be made now.
 */
const mayTryAgainAt = (failures: readonly Instant[], tries: number): Instant | null => {
  const oldestThatCounts = failures.at(-tries);
  return oldestThatCounts === undefined ? null : oldestThatCounts + SIGN_IN_WINDOW;
};

/** The failures within the window that count for a try, oldest first. */
export interface CountedFailures {
  /** In this browser, if the account is known to use it; null: a stranger's. */
  browser: readonly Instant[] | null;
  /** Of the account from this address, by strangers' browsers. */
  account: readonly Instant[];
  /** Of all accounts from this address, by strangers' browsers, without those of a reserve. */
  address: readonly Instant[];
}

export type TryVerdict =
  | { kind: 'check' }
  /** The password is checked, out of the account's reserve; a wrong one is answered as a wait until then. */
  | { kind: 'check-reserve'; until: Instant }
  /** Not even looked at. `all`: so is every other account from this address. */
  | { kind: 'wait'; until: Instant; all: boolean };

/** Whether a try may be made. */
export const judgeAttempt = ({ browser, account, address }: CountedFailures): TryVerdict => {
  const own = mayTryAgainAt(browser ?? account, SIGN_IN_TRIES_ACCOUNT);
  if (own !== null && browser !== null) return { kind: 'wait', until: own, all: false };
  if (browser !== null) return { kind: 'check' };
  const everybody = mayTryAgainAt(address, SIGN_IN_TRIES_ADDRESS);
  if (everybody === null)
    return own === null ? { kind: 'check' } : { kind: 'wait', until: own, all: false };
  if (account.length < SIGN_IN_TRIES_RESERVE) return { kind: 'check-reserve', until: everybody };
  return { kind: 'wait', until: Math.max(everybody, own ?? 0), all: true };
};
