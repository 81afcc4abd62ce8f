import { createHash } from 'node:crypto';
import { SIGN_IN_WINDOW, judgeAttempt } from '#app/domain/access/sign-in-throttle.ts';
import type { TryVerdict } from '#app/domain/access/sign-in-throttle.ts';
import type { Deps } from '#app/services/deps.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import {
  beginSignInRefusals,
  countSignInRefusal,
  deleteSignInRefusals,
  findSignInRefusals,
  signInRefusalsUntil,
} from '#db/queries/access/sign-in-refusals.ts';
import type { SignInRefusals } from '#db/queries/access/sign-in-refusals.ts';
import type { Tx } from '#db/store.ts';
import {
  deleteSignInFailure,
  deleteSignInFailuresUntil,
  insertSignInFailure,
  signInFailuresSince,
} from '#db/queries/access/sign-in-failures.ts';
import type { SignInSource } from '#db/queries/access/sign-in-failures.ts';

type RefusalDeps = Deps & { requestId: string };

export interface Refusal {
  /** Keyed hash of the e-mail; null: refused because of the address, whatever the account. */
  account: string | null;
  address: string;
  staffId: string | null;
  why: string;
}

/** Windows that are closed with each refusal: more than begin, so that none is left. */
const CLOSED_AT_ONCE = 4;

const idOf = ({ account, address }: Pick<Refusal, 'account' | 'address'>): string =>
  createHash('sha256')
    .update(`${account ?? '*'}\n${address}`)
    .digest('hex');

const write = (
  app: RefusalDeps,
  tx: Tx,
  row: Pick<SignInRefusals, 'address' | 'staffId' | 'untold'> & { why: string; at: number },
): Promise<void> =>
  appendAudit(tx, {
    id: app.newId('aud'),
    at: row.at,
    kind: 'session.refused',
    actorId: row.staffId,
    requestId: app.requestId,
    detail: {
      ...{ why: row.why, address: row.address },
      ...(row.untold === 0 ? {} : { refusedBefore: row.untold }),
    },
  });

/** What a window counted after its row is told a window later, where nothing else has told it by then. */
const closeOld = async (app: RefusalDeps, tx: Tx, at: number): Promise<void> => {
  for (const old of await signInRefusalsUntil(tx, at - 2 * SIGN_IN_WINDOW, CLOSED_AT_ONCE)) {
    if (old.untold > 0) await write(app, tx, { ...old, why: 'more tries of the same kind', at });
    await deleteSignInRefusals(tx, old);
  }
};

/**
 * Records a refused sign-in: at most one row for an account and an address in a window of the throttle. The
 * next row, whenever it comes, tells how many it stands for.
 */
export const recordRefusedAttempt = async (app: RefusalDeps, refusal: Refusal): Promise<void> => {
  const id = idOf(refusal);
  const { address, staffId, why } = refusal;
  const at = app.now();
  await app.store.write(async (tx) => {
    const open = await findSignInRefusals(tx, id);
    if (open !== null && at - open.since < SIGN_IN_WINDOW) return countSignInRefusal(tx, id);
    await closeOld(app, tx, at);
    await write(app, tx, { address, staffId, untold: open?.untold ?? 0, why, at });
    await beginSignInRefusals(tx, { id, address, staffId, since: at, untold: 0 });
  });
};

/**
 * Counts a try as a failure before the password is looked at, so that tries side by side are counted exactly.
 * `takeBack` for one that was not looked at after all.
 */
export const countAttempt = async (
  app: Deps,
  source: SignInSource,
): Promise<TryVerdict & { takeBack: () => Promise<void> }> => {
  const at = app.now();
  const id = app.newId('sif');
  const since = at - SIGN_IN_WINDOW;
  const verdict = await app.store.write(async (tx) => {
    await deleteSignInFailuresUntil(tx, since);
    const evaluation = judgeAttempt(await signInFailuresSince(tx, source, since));
    const reserve = evaluation.kind === 'check-reserve';
    if (evaluation.kind !== 'wait') await insertSignInFailure(tx, { id, ...source, reserve, at });
    return evaluation;
  });
  return { ...verdict, takeBack: () => app.store.write((tx) => deleteSignInFailure(tx, id)) };
};
