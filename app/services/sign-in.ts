import type { Instant } from '#app/domain/instant.ts';
import {
  mayTryAgainAt,
  SIGN_IN_TRIES_ACCOUNT,
  SIGN_IN_TRIES_ADDRESS,
  SIGN_IN_WINDOW,
  SESSION_IDLE,
  SESSION_LONGEST,
} from '#app/domain/sessions.ts';
import type { Deps } from '#app/services/deps.ts';
import { isPassword } from '#app/services/passwords.ts';
import { accountHash, newSessionValue, sessionHash } from '#app/services/session-secrets.ts';
import { appendAudit } from '#db/queries/audit-events.ts';
import { deleteOldSessions, deleteSession, insertSession } from '#db/queries/sessions.ts';
import {
  deleteSignInFailuresUntil,
  forgetSignInFailures,
  insertSignInFailure,
  signInFailuresSince,
} from '#db/queries/sign-in-failures.ts';
import { findStaffByEmail, foldEmail, type StaffRow } from '#db/queries/staff.ts';

export interface SignInDeps extends Deps {
  requestId: string;
  /** Keys the hash under which tries are counted. */
  secret: string;
  /** Outside the demo its well-known accounts are shut. */
  demo: boolean;
}

export interface SignInTry {
  email: string;
  password: string;
  /** The network address it comes from. */
  address: string;
  /** A session the same browser had until now: it ends. */
  formerSessionHash: string | null;
}

export type SignInOutcome =
  | { kind: 'signed-in'; sessionValue: string }
  | { kind: 'refused' }
  | { kind: 'throttled'; retryAt: Instant };

/** Counts the try before the password is looked at, so that tries side by side are counted exactly. */
const countTry = (
  app: SignInDeps,
  account: string,
  address: string,
): Promise<{ retryAt: Instant } | null> => {
  const at = app.now();
  const id = app.newId('sif');
  return app.store.write(async (tx) => {
    await deleteSignInFailuresUntil(tx, at - SIGN_IN_WINDOW);
    const since = at - SIGN_IN_WINDOW;
    const waits = [
      mayTryAgainAt(await signInFailuresSince(tx, address, since, account), SIGN_IN_TRIES_ACCOUNT),
      mayTryAgainAt(await signInFailuresSince(tx, address, since), SIGN_IN_TRIES_ADDRESS),
    ].filter((wait) => wait !== null);
    if (waits.length > 0) return { retryAt: Math.max(...waits) };
    await insertSignInFailure(tx, { id, accountHash: account, address, at });
    return null;
  });
};

const recordRefusal = (app: SignInDeps, staff: StaffRow | null, why: string): Promise<void> => {
  const row = {
    id: app.newId('aud'),
    at: app.now(),
    kind: 'session.refused',
    actorId: staff?.id ?? null,
    requestId: app.requestId,
    detail: { why },
  };
  return app.store.write((tx) => appendAudit(tx, row));
};

const startSession = async (
  app: SignInDeps,
  staff: StaffRow,
  attempt: SignInTry,
  account: string,
): Promise<string> => {
  const value = newSessionValue();
  const at = app.now();
  const auditId = app.newId('aud');
  await app.store.write(async (tx) => {
    await forgetSignInFailures(tx, attempt.address, account);
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

/**
 * Signs a member of staff in. Every refusal looks and lasts alike, whether the account is unknown, shut
 * or the password wrong; five failures of one account from one address, or fifty from an address, within
 * fifteen minutes have to wait.
 */
export const signIn = async (app: SignInDeps, attempt: SignInTry): Promise<SignInOutcome> => {
  const account = accountHash(foldEmail(attempt.email), app.secret);
  const throttled = await countTry(app, account, attempt.address);
  if (throttled) {
    await recordRefusal(app, null, 'too many tries');
    return { kind: 'throttled', retryAt: throttled.retryAt };
  }
  const staff = await findStaffByEmail(app.store.read, attempt.email);
  const why = shut(staff, app.demo);
  const right = await isPassword(
    why === null ? (staff?.passwordHash ?? null) : null,
    attempt.password,
  );
  if (staff === null || !right) {
    await recordRefusal(app, staff, why ?? 'wrong password');
    return { kind: 'refused' };
  }
  return { kind: 'signed-in', sessionValue: await startSession(app, staff, attempt, account) };
};
