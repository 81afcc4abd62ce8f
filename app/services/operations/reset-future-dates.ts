import { letterAhead } from '#app/domain/mail/retry-schedule.ts';
import { LONGEST_WAIT, SEND_LEASE } from '#app/domain/operations/operation.ts';
import { MAX_CLOCK_SKEW } from '#app/domain/time/clock-skew.ts';
import { resetFutureDated } from '#app/domain/operations/future-dated.ts';
import type { Deps } from '#app/services/deps.ts';
import { dateMail, mailAhead } from '#db/queries/operations/mail-future-dated.ts';
import { changeOperation, operationsAhead } from '#db/queries/operations/operations.ts';
/**
 * Dates steps anew that a clock which was ahead has put off: they wait from now on, as long as their rule
 * says, and no longer. Answers how many.
 */
export const resetFutureDates = async ({
  store,
  now,
}: Pick<Deps, 'store' | 'now'>): Promise<number> => {
  const at = now();
  const latest = at + MAX_CLOCK_SKEW;
  const bounds = { latest, lease: latest + SEND_LEASE, wait: latest + LONGEST_WAIT };
  let dated = 0;
  for (const step of await operationsAhead(store.read, bounds)) {
    const change = resetFutureDated(step, at);
    if (change === null) continue;
    const done = await store.write((tx) => changeOperation(tx, step, { ...change, changedAt: at }));
    if (done !== null) dated += 1;
  }
  return dated;
};

/** The same for letters that are still to leave, so many at a time. */
export const dateLettersAnew = async (
  { store, now }: Pick<Deps, 'store' | 'now'>,
  most: number,
): Promise<void> => {
  const at = now();
  for (const mail of await mailAhead(store.read, at + MAX_CLOCK_SKEW, most)) {
    const change = letterAhead(mail, at);
    if (change !== null) await store.write((tx) => dateMail(tx, mail, change));
  }
};
