import type { Instant } from '#app/lib/instant.ts';
import { addressGroup } from '#app/lib/network-address.ts';
import { SESSION_IDLE, SESSION_LONGEST } from '#app/domain/access/sessions.ts';
import { SIGN_IN_BUSY } from '#app/domain/access/sign-in-throttle.ts';
import type { Deps } from '#app/services/deps.ts';
import { knownBrowser, markBrowser } from '#app/services/access/known-browser.ts';
import { createConcurrencyLimit } from '#app/lib/concurrency-limit.ts';
import type { ConcurrencyLimit } from '#app/lib/concurrency-limit.ts';
import { isPassword } from '#app/services/access/passwords.ts';
import { accountHash, newSessionValue, sessionHash } from '#app/services/access/session-token.ts';
import { countAttempt, recordRefusedAttempt } from '#app/services/access/sign-in-attempts.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { deleteOldSessions, deleteSession, insertSession } from '#db/queries/access/sessions.ts';
import { forgetSignInFailures } from '#db/queries/access/sign-in-failures.ts';
import type { SignInSource } from '#db/queries/access/sign-in-failures.ts';
import { findStaffByEmail, foldEmail } from '#db/queries/access/staff.ts';
import type { StaffRow } from '#db/queries/access/staff.ts';

export interface SignInDeps extends Deps {
  requestId: string;
  /** Keys the hash under which tries are counted. */
  secret: string;
  /** Signs the marks of known browsers; nobody outside may know it. */
  markSecret: string;
  /** Outside the demo its well-known accounts are shut. */
  demo: boolean;
}

export interface SignInAttempt {
  email: string;
  password: string;
  /** The network address it comes from. */
  address: string;
  /** The mark that a former sign-in has left in the browser, if it sends one. */
  browserMark: string | null;
  /** A session the same browser had until now: it ends. */
  formerSessionHash: string | null;
  /** The session is this account's: its tries are counted by it. */
  isAgain?: boolean;
}

export type SignInOutcome =
  | { kind: 'signed-in'; sessionValue: string; browserMark: string }
  | { kind: 'refused' }
  | { kind: 'throttled'; retryAt: Instant };

/*
 * Checking a password takes 19 MiB and a processor for some hundredths of a second, so strangers get two at a
 * time and those whose address has used up its tries one; none of them stands in the way of a browser that
 * is known.
 */
const LANES = {
  known: createConcurrencyLimit({ atOnce: 1, waiting: 32 }),
  stranger: createConcurrencyLimit({ atOnce: 2, waiting: 64 }),
  reserve: createConcurrencyLimit({ atOnce: 1, waiting: 16 }),
} satisfies Record<string, ConcurrencyLimit>;

const startSession = async (
  app: SignInDeps,
  staff: StaffRow,
  attempt: SignInAttempt,
  source: SignInSource,
): Promise<string> => {
  const value = newSessionValue();
  const at = app.now();
  const auditId = app.newId('aud');
  await app.store.write(async (tx) => {
    await forgetSignInFailures(tx, source);
    await deleteOldSessions(tx, at - SESSION_LONGEST, at - SESSION_IDLE);
    if (attempt.formerSessionHash !== null) await deleteSession(tx, attempt.formerSessionHash);
    await insertSession(tx, {
      idHash: sessionHash(value),
      staffId: staff.id,
      createdAt: at,
      lastSeenAt: at,
      authenticatedAt: at,
    });
    await appendAudit(tx, {
      id: auditId,
      at,
      kind: 'session.started',
      actorId: staff.id,
      requestId: app.requestId,
      detail: { address: attempt.address },
    });
  });
  return value;
};

/** What keeps this account out, whatever the password; null: nothing. */
const shut = (staff: StaffRow | null, demo: boolean): string | null => {
  if (staff === null) return 'unknown account';
  if (staff.disabledAt !== null) return 'disabled account';
  return staff.demo && !demo ? 'demo account outside the demo' : null;
};

/** Who is counted for the try: the browser or the session that is known, else the account and the address. */
const sourceOf = (app: SignInDeps, attempt: SignInAttempt): SignInSource => {
  const account = accountHash(foldEmail(attempt.email), app.secret);
  const by = { secret: app.markSecret, account, now: app.now() };
  const own = attempt.isAgain ? attempt.formerSessionHash : null;
  return {
    accountHash: account,
    address: addressGroup(attempt.address),
    browser: own ?? knownBrowser(attempt.browserMark, by),
  };
};

/** Whether the password is right; null: too many are being checked already. */
const check = (
  lane: ConcurrencyLimit,
  staff: StaffRow | null,
  why: string | null,
  password: string,
): Promise<boolean | null> =>
  lane.run(() => isPassword(why === null ? (staff?.passwordHash ?? null) : null, password));

/**
 * Signs a member of staff in. Every refusal looks and lasts alike, whether the account is unknown, shut
 * or the password wrong; how often it may be tried is `weighTry`'s to say.
 */
export const signIn = async (app: SignInDeps, attempt: SignInAttempt): Promise<SignInOutcome> => {
  const source = sourceOf(app, attempt);
  const refusal = { account: source.accountHash, address: attempt.address, staffId: null };
  const counted = await countAttempt(app, source);
  if (counted.kind === 'wait') {
    const account = counted.all ? null : refusal.account;
    await recordRefusedAttempt(app, { ...refusal, account, why: 'too many tries' });
    return { kind: 'throttled', retryAt: counted.until };
  }
  const fromReserve = counted.kind === 'check-reserve';
  const lane = source.browser !== null ? 'known' : fromReserve ? 'reserve' : 'stranger';
  const staff = await findStaffByEmail(app.store.read, attempt.email);
  const why = shut(staff, app.demo);
  const right = await check(LANES[lane], staff, why, attempt.password);
  if (right === null) {
    await counted.takeBack();
    await recordRefusedAttempt(app, { ...refusal, account: null, why: 'too many tries' });
    return { kind: 'throttled', retryAt: app.now() + SIGN_IN_BUSY };
  }
  if (staff !== null && right) {
    const sessionValue = await startSession(app, staff, attempt, source);
    const browserMark = markBrowser(app.markSecret, source.accountHash, app.now());
    return { kind: 'signed-in', sessionValue, browserMark };
  }
  if (fromReserve) {
    await recordRefusedAttempt(app, { ...refusal, account: null, why: 'too many tries' });
    return { kind: 'throttled', retryAt: counted.until };
  }
  const staffId = staff?.id ?? null;
  await recordRefusedAttempt(app, { ...refusal, staffId, why: why ?? 'wrong password' });
  return { kind: 'refused' };
};
