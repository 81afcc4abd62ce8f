import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { holds, worldOfTest } from '#tests/reliability/scenarios/in-test.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { modelBased } from '#tests/reliability/scenarios/model-based.ts';
import { mutationCheck, placesOf } from '#tests/reliability/scenarios/mutation-check.ts';
import { MUTATIONS } from '#tests/reliability/scenarios/mutations.ts';
import { retriesOnTheWire, stillAtWork } from '#tests/reliability/scenarios/retries.ts';
import { simulation } from '#tests/reliability/scenarios/simulation.ts';
import { twoConsoles } from '#tests/reliability/scenarios/two-consoles.ts';

const root = resolve(import.meta.dirname, '../..');

describe('in whatever order', () => {
  it('the console agrees with a model of it', { timeout: 120_000 }, async () => {
    holds(await modelBased(await worldOfTest(), { runs: 40, seed: 12 }));
  });

  it('also at a server that enforces nothing', { timeout: 120_000 }, async () => {
    holds(await modelBased(await worldOfTest(true), { runs: 40, seed: 13 }));
  });

  it('a month ends as Stripe has it, whatever failed in it', { timeout: 120_000 }, async () => {
    holds(await simulation(await worldOfTest(), { seeds: [1], days: 8 }));
  });

  it('two consoles do everything once, one of them killed', { timeout: 120_000 }, async () => {
    const how = { refunds: 16, seconds: 3, killEveryMs: 700, speed: 20, seed: 5 };
    holds(await twoConsoles(await worldOfTest(), how));
  });

  it('what reaches Stripe was noted before, and a retry repeats it', async () => {
    holds(await retriesOnTheWire(await worldOfTest()));
  });

  it('nothing is called failed while Stripe is still at work on it', async () => {
    holds(await stillAtWork(await worldOfTest(), 1));
  });
});

describe('a planted bug', () => {
  it('has its place in the sources still, each of the twelve', () => {
    expect(new Set(MUTATIONS.map(({ bug }) => bug)).size).toBe(12);
    for (const bug of MUTATIONS) expect(() => placesOf(root, bug)).not.toThrow();
  });

  it('is reported by its battery, here one of them', { timeout: 120_000 }, async () => {
    const figure = await mutationCheck({ databaseUrl: await freshDatabase() }, { every: 12 });
    holds(figure);
    expect(figure.note).toBe('1 of 1 planted bugs caught');
  });
});
