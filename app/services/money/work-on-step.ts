import {
  afterAbsent,
  afterUnreadable,
  idempotencyKeyOf,
  LATEST_START,
  nextMove,
  SEND_LEASE,
  waitUntil,
} from '#app/domain/requests/operation.ts';
import { MINUTE } from '#app/domain/instant.ts';
import { NO_PRODUCT } from '#app/domain/requests/product-guard.ts';
import type { AfterAbsent, Operation } from '#app/domain/requests/operation.ts';
import { failedBy, reviewFor } from '#app/domain/requests/outcome.ts';
import { askAgain, reviewOf } from '#app/services/money/ask-again.ts';
import { callOutside, lookUpOutside, refundMade } from '#app/services/money/call-outside.ts';
import { checkLive } from '#app/services/money/check-live.ts';
import { checkCredits } from '#app/services/money/check-others.ts';
import { claimOperation } from '#app/services/money/claim-operation.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { lookNoLonger } from '#app/services/money/look-no-longer.ts';
import type { InTime } from '#app/services/money/look-no-longer.ts';
import { endStep, settleStep } from '#app/services/money/settle-step.ts';
import {
  postponeOperation,
  recordEmptyReadBack,
  recordSend,
  releaseOperation,
} from '#db/queries/operation-steps.ts';
import { heldSince, latestRestoration } from '#db/queries/restorations.ts';

/**
 * Takes one due step as far as it goes now. Every point where the process may end leaves a row from
 * which any process goes on; no write is open while something outside is waited for.
 */
export const workOnStep = async (deps: MoneyDeps, due: Operation): Promise<void> => {
  const move = nextMove(due, deps.now());
  if (move.kind !== 'send' && move.kind !== 'read_back') return;
  await deps.point('due');
  if (due.kind !== 'stripe_refund' && !deps.productApi.isSet) return waitForProduct(deps, due);
  const held = await claimOperation(deps, due);
  await deps.point('claimed');
  if (!held) return;
  const turn: Turn = { deps, held, inTime: lookNoLonger() };
  try {
    if (move.kind === 'send') await send(turn, held.attempt);
    else await lookUp(turn);
  } catch (error) {
    // The database did not take it: the next look need not wait until the lease ends, unless it is away.
    await letGo(turn).catch(() => undefined);
    throw error;
  }
};

/** Nothing is claimed, so that nothing looks as if it were being sent. */
async function waitForProduct(deps: MoneyDeps, due: Operation): Promise<void> {
  const at = deps.now();
  const error = `${NO_PRODUCT}: it waits until it is.`;
  await deps.store.write((tx) => postponeOperation(tx, due, { at, nextTryAt: at + MINUTE, error }));
}

const letGo = ({ deps, held }: Turn): Promise<void> =>
  deps.store.write(async (tx) => {
    await releaseOperation(tx, held.id, { owner: deps.owner, at: deps.now() });
    await deps.point('letting-go');
  });

/** A step that this process holds. */
interface Turn {
  deps: MoneyDeps;
  held: Operation;
  /** For all that is read while it is held. */
  inTime: InTime;
}

/** Sends a step that has not happened, unless what must hold no longer does. */
async function send({ deps, held, inTime }: Turn, attempt: number): Promise<void> {
  if (held.kind === 'stripe_refund') {
    const live = await inTime(checkLive(deps, held));
    await deps.point('checked-live');
    if (live.kind === 'made') {
      await settleStep(deps, held, refundMade(held, live.refund));
      return;
    }
    if (live.kind === 'unreadable') return postpone(deps, held, live.words);
    if (live.kind === 'contradicted') return askAgain(deps, held, live.words);
    if (live.kind === 'obstacle') return giveUp(deps, held, live.words);
    if (live.kind === 'unclear') return void (await endStep(deps, held, reviewFor(live.words)));
  }
  if (held.kind === 'credit_adjustment' && (await wasRestored(deps))) {
    const found = await inTime(lookUpOutside(deps, held));
    if (found.kind === 'found') return void (await settleStep(deps, held, found.value));
    if (found.kind === 'unreadable') return postpone(deps, held, found.words);
  }
  if (held.kind === 'credit_adjustment') {
    const others = await inTime(checkCredits(deps, held));
    await deps.point('checked-others');
    if (others.kind === 'unreadable') return postpone(deps, held, others.words);
    if (others.kind === 'obstacle') return giveUp(deps, held, others.words);
  }
  const idempotencyKey = idempotencyKeyOf(held.kind, held.id, attempt);
  let begun = performance.now();
  const sent = await deps.store.write(async (tx) => {
    const at = deps.now();
    begun = performance.now();
    // What was seen is too old to act on, though nobody may have taken the step up since.
    if (held.leaseUntil !== null && held.leaseUntil <= at) return null;
    if ((await heldSince(tx)) !== null) return null;
    const leaseUntil = at + SEND_LEASE;
    const recorded = await recordSend(tx, held, { attempt, idempotencyKey, at, leaseUntil });
    await deps.point('recording-send');
    return recorded;
  });
  await deps.point('send-recorded');
  // Another has taken it up meanwhile, or may now: whoever does looks first.
  if (!sent) return;
  // So late that others would look for it, and send it again, while it is under way: they do so soon. Also where
  // the clock was set back meanwhile.
  if (deps.now() - (sent.lastSentAt ?? 0) > LATEST_START) return;
  if (performance.now() - begun > LATEST_START) return;
  const tried = await callOutside(deps, sent);
  await deps.point('answered');
  await settleStep(deps, sent, tried);
}

/** The product may have booked what this database does not know of: it is asked first, ever after. */
const wasRestored = async ({ store }: MoneyDeps): Promise<boolean> =>
  (await latestRestoration(store.read)) !== null;

/** The world has changed. What was never sent has failed; what was sent before is for a person. */
async function giveUp(deps: MoneyDeps, held: Operation, words: string): Promise<void> {
  const change =
    held.firstSentAt === null
      ? failedBy(words)
      : reviewFor(
          `It is not at ${held.kind === 'stripe_refund' ? 'Stripe' : 'the product'}, and it can no longer be sent: ${words}`,
        );
  await endStep(deps, held, change);
}

async function postpone(deps: MoneyDeps, held: Operation, error: string): Promise<void> {
  const at = deps.now();
  const nextTryAt = waitUntil(held, at);
  await deps.store.write((tx) => postponeOperation(tx, held, { at, nextTryAt, error }));
  await deps.point('postponed');
}

/** Finds out whether a step has happened before anything else is done. */
async function lookUp(turn: Turn): Promise<void> {
  const { deps, held, inTime } = turn;
  const found = await inTime(lookUpOutside(deps, held));
  await deps.point('looked-up');
  const now = deps.now();
  if (found.kind === 'found') {
    await settleStep(deps, held, found.value);
    return;
  }
  if (found.kind === 'unclear') return goOn(turn, { kind: 'review', reason: found.words }, null);
  const next =
    found.kind === 'absent'
      ? afterAbsent({ ...held, emptyReadBacks: held.emptyReadBacks + 1 }, now)
      : afterUnreadable(held, now);
  await goOn(turn, next, found.kind === 'unreadable' ? found.words : null);
}

async function goOn(turn: Turn, next: AfterAbsent, unreadable: string | null): Promise<void> {
  const { deps, held } = turn;
  switch (next.kind) {
    case 'send_again':
      return send(turn, held.attempt);
    case 'new_attempt':
      return send(turn, held.attempt + 1);
    case 'failed':
      await endStep(deps, held, failedBy(held.error ?? 'It was refused.'));
      return;
    case 'review':
      // Both facts: that it was sent, and that it was looked up.
      await endStep(deps, held, await reviewOf(deps, held, next.reason));
      return;
    case 'wait': {
      const at = deps.now();
      // What was answered instead stays in view until it is known what became of it.
      const error = held.outcome === 'mismatched' ? held.error : (unreadable ?? held.error);
      const row = { at, nextTryAt: next.until, error };
      await deps.store.write((tx) =>
        unreadable === null ? recordEmptyReadBack(tx, held, row) : postponeOperation(tx, held, row),
      );
      await deps.point('postponed');
    }
  }
}
