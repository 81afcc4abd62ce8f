import { it } from 'vitest';
import { answersOfOthers } from '#tests/reliability/scenarios/answers-of-others.ts';
import { holds, worldOfTest } from '#tests/reliability/scenarios/in-test.ts';

it('believes no answer that is somebody else’s', { timeout: 120_000 }, async () => {
  holds(await answersOfOthers(await worldOfTest()));
});
