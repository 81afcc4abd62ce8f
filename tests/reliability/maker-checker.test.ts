import { describe, it } from 'vitest';
import { holds, worldOfTest } from '#tests/reliability/scenarios/in-test.ts';
import { askingAtOnce } from '#tests/reliability/scenarios/asking-at-once.ts';
import { brokenGlass } from '#tests/reliability/scenarios/break-glass.ts';
import { decisionsAtOnce } from '#tests/reliability/scenarios/decisions-at-once.ts';
import { delegations } from '#tests/reliability/scenarios/delegations.ts';
import {
  changedFields,
  changedWorlds,
  lateAndTwice,
} from '#tests/reliability/scenarios/stale-decisions.ts';
import { splitting } from '#tests/reliability/scenarios/splitting.ts';
import { wrongDeciders } from '#tests/reliability/scenarios/wrong-deciders.ts';

describe('one asks, another decides', () => {
  it('who is another person and may', async () => {
    holds(await wrongDeciders(await worldOfTest()));
  });

  it('what was shown, as it was shown', async () => {
    holds(await changedFields(await worldOfTest()));
  });

  it('in the world that was shown', async () => {
    holds(await changedWorlds(await worldOfTest()));
  });

  it('by a right of their own or one lent to them', { timeout: 120_000 }, async () => {
    // All pairs of roles are in the domain's own table.
    holds(await delegations(await worldOfTest(), ['finance']));
  });

  it('and where nobody is left, two break the glass', { timeout: 120_000 }, async () => {
    holds(await brokenGlass(await worldOfTest()));
  });

  it('in time, and once', async () => {
    holds(await lateAndTwice(await worldOfTest()));
  });

  it('and eight who ask at once never get more than there is', { timeout: 180_000 }, async () => {
    holds(await askingAtOnce(await worldOfTest(), { rounds: 6, processes: 8, seed: 3 }));
  });

  it('nor at a server that enforces nothing', { timeout: 180_000 }, async () => {
    holds(await askingAtOnce(await worldOfTest(true), { rounds: 4, processes: 8, seed: 5 }));
  });

  it('and fifty approvals at once are one', { timeout: 180_000 }, async () => {
    holds(await decisionsAtOnce(await worldOfTest(), { rounds: 3, times: 50 }));
  });

  it(
    'and parts are summed, so that nothing is gained by splitting',
    { timeout: 180_000 },
    async () => {
      holds(await splitting(await worldOfTest(), { sequences: 50, seed: 11 }));
    },
  );
});
