import { SIGN_IN_WINDOW, weighTry } from '#app/domain/sign-in-throttle.ts';
import type { TryVerdict } from '#app/domain/sign-in-throttle.ts';
import type { Deps } from '#app/services/deps.ts';
import {
  deleteSignInFailure,
  deleteSignInFailuresUntil,
  insertSignInFailure,
  signInFailuresSince,
} from '#db/queries/sign-in-failures.ts';
import type { SignInSource } from '#db/queries/sign-in-failures.ts';

/**
 * Counts a try as a failure before the password is looked at, so that tries side by side are counted exactly.
 * `takeBack` for one that was not looked at after all.
 */
export const countTry = async (
  app: Deps,
  source: SignInSource,
): Promise<TryVerdict & { takeBack: () => Promise<void> }> => {
  const at = app.now();
  const id = app.newId('sif');
  const since = at - SIGN_IN_WINDOW;
  const verdict = await app.store.write(async (tx) => {
    await deleteSignInFailuresUntil(tx, since);
    const weighed = weighTry(await signInFailuresSince(tx, source, since));
    const reserve = weighed.kind === 'check-reserve';
    if (weighed.kind !== 'wait') await insertSignInFailure(tx, { id, ...source, reserve, at });
    return weighed;
  });
  return { ...verdict, takeBack: () => app.store.write((tx) => deleteSignInFailure(tx, id)) };
};
