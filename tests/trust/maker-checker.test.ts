import { describe, expect, it, onTestFinished } from 'vitest';
import { askingAtOnce } from '#tests/trust/battery/asking-at-once.ts';
import { brokenGlass } from '#tests/trust/battery/broken-glass.ts';
import { decisionsAtOnce } from '#tests/trust/battery/decisions-at-once.ts';
import { delegations } from '#tests/trust/battery/delegations.ts';
import { figureLine } from '#tests/trust/battery/figure.ts';
import type { Figure } from '#tests/trust/battery/figure.ts';
import { openMoneyWorld } from '#tests/trust/battery/money-world.ts';
import type { MoneyWorld } from '#tests/trust/battery/money-world.ts';
import {
  changedFields,
  changedWorlds,
  lateAndTwice,
} from '#tests/trust/battery/stale-decisions.ts';
import { splitting } from '#tests/trust/battery/splitting.ts';
import { wrongDeciders } from '#tests/trust/battery/wrong-deciders.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';

const world = async (lax = false): Promise<MoneyWorld> => {
  const opened = await openMoneyWorld({ databaseUrl: await freshDatabase(), lax });
  onTestFinished(() => opened.close());
  return opened;
};

const holds = (figure: Figure): void => {
  console.log(figureLine(figure));
  expect(figure.violations).toEqual([]);
  expect(figure.runs).toBeGreaterThan(0);
};

describe('one asks, another decides', () => {
  it('who is another person and may', async () => {
    holds(await wrongDeciders(await world()));
  });

  it('what was shown, as it was shown', async () => {
    holds(await changedFields(await world()));
  });

  it('in the world that was shown', async () => {
    holds(await changedWorlds(await world()));
  });

  it('by a right of their own or one lent to them', { timeout: 120_000 }, async () => {
    // All pairs of roles are in the domain's own table.
    holds(await delegations(await world(), ['finance']));
  });

  it('and where nobody is left, two break the glass', { timeout: 120_000 }, async () => {
    holds(await brokenGlass(await world()));
  });

  it('in time, and once', async () => {
    holds(await lateAndTwice(await world()));
  });

  it('and eight who ask at once never get more than there is', { timeout: 180_000 }, async () => {
    holds(await askingAtOnce(await world(), { rounds: 6, processes: 8, seed: 3 }));
  });

  it('nor at a server that enforces nothing', { timeout: 180_000 }, async () => {
    holds(await askingAtOnce(await world(true), { rounds: 4, processes: 8, seed: 5 }));
  });

  it('and fifty approvals at once are one', { timeout: 180_000 }, async () => {
    holds(await decisionsAtOnce(await world(), { rounds: 3, times: 50 }));
  });

  it(
    'and parts are summed, so that nothing is gained by splitting',
    { timeout: 180_000 },
    async () => {
      holds(await splitting(await world(), { sequences: 25, seed: 11 }));
    },
  );
});
