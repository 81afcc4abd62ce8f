import { describe, expect, it, onTestFinished } from 'vitest';
import { holds, worldOfTest } from '#tests/reliability/scenarios/in-test.ts';
import { amounts } from '#tests/reliability/scenarios/amounts.ts';
import { drifts } from '#tests/reliability/scenarios/drifts.ts';
import { keyHygiene } from '#tests/reliability/scenarios/keys.ts';
import { buildChild, killSweep } from '#tests/reliability/scenarios/kill-sweep.ts';
import { lateFailure } from '#tests/reliability/scenarios/late-failure.ts';
import { ordersOfUnknowns } from '#tests/reliability/scenarios/orders-of-unknowns.ts';
import { overRefunds } from '#tests/reliability/scenarios/over-refunds.ts';
import { prunedKey } from '#tests/reliability/scenarios/pruned-key.ts';
import { reconcileRace } from '#tests/reliability/scenarios/reconcile-race.ts';

describe('money moves once', () => {
  it('whatever point the process is killed at', { timeout: 240_000 }, async () => {
    const child = await buildChild();
    onTestFinished(child.remove);
    const faults = [null, 'reset_after', '500_stored'] as const;
    const figure = await killSweep(await worldOfTest(), child.path, { faults, every: 7 });
    holds(figure);
    expect(figure.kills).toBeGreaterThanOrEqual(6);
  });

  it('and what is half done is listed as such', { timeout: 120_000 }, async () => {
    const child = await buildChild();
    onTestFinished(child.remove);
    const sweep = { faults: [null], every: 4, takeBack: 500 };
    const figure = await killSweep(await worldOfTest(), child.path, sweep);
    holds({ ...figure, note: `${figure.halves} listed as half done` });
    expect(figure.halves).toBeGreaterThan(1);
  });

  it('whatever order unknown outcomes come in', { timeout: 120_000 }, async () => {
    holds(await ordersOfUnknowns(await worldOfTest()));
  });

  it('never beyond what was captured', { timeout: 120_000 }, async () => {
    holds(await overRefunds(await worldOfTest(), { rounds: 8, seed: 7 }));
  });

  it('never beyond, against a server that enforces nothing', { timeout: 120_000 }, async () => {
    holds(await overRefunds(await worldOfTest(true), { rounds: 8, seed: 9 }));
  });

  it('by keys that no two operations share', () => {
    holds(keyHygiene(2_000, 1));
  });

  it('and never under a key that may be forgotten', { timeout: 60_000 }, async () => {
    holds(await prunedKey(await worldOfTest()));
  });

  it('and Stripe and the book are compared without a false word', { timeout: 60_000 }, async () => {
    holds(await drifts(await worldOfTest(), 60));
  });

  it('and never moves backwards', { timeout: 60_000 }, async () => {
    holds(await reconcileRace(await worldOfTest(), { runs: 24, seed: 6 }));
  });

  it('and only amounts that can move', { timeout: 60_000 }, async () => {
    holds(await amounts(await worldOfTest()));
  });

  it('and comes back once when a refund fails later', { timeout: 60_000 }, async () => {
    holds(await lateFailure(await worldOfTest()));
  });
});
