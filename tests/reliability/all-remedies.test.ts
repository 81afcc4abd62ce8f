import { it } from 'vitest';
import { allRemedies } from '#tests/reliability/scenarios/all-remedies.ts';
import { holds, worldOfTest } from '#tests/reliability/scenarios/in-test.ts';

it('nobody ends with the money and its credits', { timeout: 120_000 }, async () => {
  holds(await allRemedies(await worldOfTest(), { sequences: 60, seed: 21 }));
});
