import type { Instant } from '#app/domain/instant.ts';
import { addressGroup } from '#app/domain/network-address.ts';
import { SESSION_IDLE, SESSION_LONGEST } from '#app/domain/sessions.ts';
import { SIGN_IN_BUSY } from '#app/domain/sign-in-throttle.ts';
import type { Deps } from '#app/services/deps.ts';
import { knownBrowser, markBrowser } from '#app/services/known-browser.ts';
import { makeLane } from '#app/services/lane.ts';
import type { Lane } from '#app/services/lane.ts';
import { isPassword } from '#app/services/passwords.ts';
import { accountHash, newSessionValue, sessionHash } from '#app/services/session-secrets.ts';
import { recordRefusal } from '#app/services/sign-in-refusals.ts';
import { countTry } from '#app/services/sign-in-tries.ts';
import { appendAudit } from '#db/queries/audit-events.ts';
import { deleteOldSessions, deleteSession, insertSession } from '#db/queries/sessions.ts';
import { forgetSignInFailures } from '#db/queries/sign-in-failures.ts';
import type { SignInSource } from '#db/queries/sign-in-failures.ts';
import { findStaffByEmail, foldEmail, type StaffRow } from '#db/queries/staff.ts';

export interface SignInDeps extends Deps {
  requestId: string;
  /** Keys the hash under which tries are counted. */
  secret: string;
  /** Signs the marks of known browsers; nobody outside may know it. */
  markSecret: string;
  /** Outside the demo its well-known accounts are shut. */
  demo: boolean;
}

export interface SignInTry {
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
  known: makeLane({ atOnce: 1, waiting: 32 }),
  stranger: makeLane({ atOnce: 2, waiting: 64 }),
  reserve: makeLane({ atOnce: 1, waiting: 16 }),
} satisfies Record<string, Lane>;

const startSession = async (
  app: SignInDeps,
  staff: StaffRow,
  attempt: SignInTry,
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
const sourceOf = (app: SignInDeps, attempt: SignInTry): SignInSource => {
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
  lane: Lane,
  staff: StaffRow | null,
  why: string | null,
  password: string,
): Promise<boolean | null> =>
  lane.run(() => isPassword(why === null ? (staff?.passwordHash ?? null) : null, password));

/**
 * Signs a member of staff in. Every refusal looks and lasts alike, whether the account is unknown, shut
 * or the password wrong; how often it may be tried is `weighTry`'s to say.
 */
export const signIn = async (app: SignInDeps, attempt: SignInTry): Promise<SignInOutcome> => {
  const source = sourceOf(app, attempt);
  const refusal = { account: source.accountHash, address: attempt.address, staffId: null };
  const counted = await countTry(app, source);
  if (counted.kind === 'wait') {
    const account = counted.all ? null : refusal.account;
    await recordRefusal(app, { ...refusal, account, why: 'too many tries' });
    return { kind: 'throttled', retryAt: counted.until };
  }
  const fromReserve = counted.kind === 'check-reserve';
  const lane = source.browser !== null ? 'known' : fromReserve ? 'reserve' : 'stranger';
  const staff = await findStaffByEmail(app.store.read, attempt.email);
  const why = shut(staff, app.demo);
  const right = await check(LANES[lane], staff, why, attempt.password);
  if (right === null) {
    await counted.takeBack();
    await recordRefusal(app, { ...refusal, account: null, why: 'too many tries' });
    return { kind: 'throttled', retryAt: app.now() + SIGN_IN_BUSY };
  }
  if (staff !== null && right) {
    const sessionValue = await startSession(app, staff, attempt, source);
    const browserMark = markBrowser(app.markSecret, source.accountHash, app.now());
    return { kind: 'signed-in', sessionValue, browserMark };
  }
  if (fromReserve) {
    await recordRefusal(app, { ...refusal, account: null, why: 'too many tries' });
    return { kind: 'throttled', retryAt: counted.until };
  }
  const staffId = staff?.id ?? null;
  await recordRefusal(app, { ...refusal, staffId, why: why ?? 'wrong password' });
  return { kind: 'refused' };
};
