import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import { breakGlass } from '#app/services/requests/approvals/break-glass.ts';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import { updateStaff } from '#db/queries/access/staff.ts';
import { decisionsOf } from '#db/queries/requests/decisions.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { paid, T } from '#tests/factories/records.ts';
import { LATER } from '#tests/support/local-stripe.ts';
import { askRefund, kindOf, made, remedyWorld } from '#tests/support/remedy-world.ts';

const AMOUNT = 60_000;
const NOW = LATER + HOUR;

const asked = async (amount: number) => {
  const world = await remedyWorld([paid({ id: 'ch_1', amount: AMOUNT, capturedAt: T })]);
  const request = made(await world.ask(askRefund({ amount, evidence: ['payment:ch_1'] })));
  world.at(NOW);
  /** Somebody at a browser who has signed in `ago` ms ago. */
  const browserOf = (name: string, ago: number) => ({
    ...world.as(name),
    session: { authenticatedAt: NOW - ago },
  });
  return { world, request, browserOf };
};
const deciding = (request: StoredRequest) => ({
  ...{ requestId: request.id, hash: request.contentHash, reason: '', seen: null },
});

describe('a word that moves much', () => {
  it.each([
    [15 * MINUTE, 'requested', 1],
    [15 * MINUTE + 1, 'sign_in_again', 0],
    [6 * HOUR, 'sign_in_again', 0],
  ])('of somebody who signed in %i ms ago: %s', async (ago, answer, decisions) => {
    const { world, request, browserOf } = await asked(AMOUNT);
    expect(request.neededApprovals).toBe(2);
    const app = browserOf('finance', ago);
    const given = await decideRequest(app, { ...deciding(request), verdict: 'approve' });
    expect(kindOf(given)).toBe(answer);
    expect(await decisionsOf(world.store.read, request.id)).toHaveLength(decisions);
  });

  it('is a yes above the limit; below it, and for a no, the sign-in of the morning will do', async () => {
    const { request, browserOf } = await asked(1_000);
    const app = browserOf('finance', 6 * HOUR);
    const given = await decideRequest(app, { ...deciding(request), verdict: 'approve' });
    expect(kindOf(given)).toBe('approved');
    const large = await asked(AMOUNT);
    const no = { ...deciding(large.request), verdict: 'reject' as const, reason: 'It was used.' };
    expect(kindOf(await decideRequest(large.browserOf('finance', 6 * HOUR), no))).toBe('rejected');
  });

  it('is also a yes that a lead’s word may yet make one of two', async () => {
    const { world, request, browserOf } = await asked(1_000);
    const again = { after: request.id, because: 'A second fault.' };
    const other = made(
      await world.ask(
        askRefund({ amount: 2_000, ground: 'other', evidence: ['payment:ch_1'], again }),
        'agent2',
      ),
    );
    expect(other).toMatchObject({ needsWord: true, neededApprovals: 1 });
    const yes = { ...deciding(other), verdict: 'approve' as const };
    const of = async (name: string, ago: number) =>
      kindOf(await decideRequest(browserOf(name, ago), yes));
    expect(await of('finance', HOUR)).toBe('sign_in_again');
    expect(await of('lead', HOUR)).toBe('requested');
    expect(await of('finance', MINUTE)).toBe('approved');
  });

  it('is asked of those as well who break the glass', async () => {
    const { world, request, browserOf } = await asked(1_000);
    await world.store.write(async (tx) => {
      for (const name of ['finance', 'finance2', 'finance3'])
        await updateStaff(tx, `stf_${name}`, { awayUntil: NOW + DAY });
    });
    const breaking = { ...deciding(request), reason: 'Nobody of finance is there this week.' };
    expect(kindOf(await breakGlass(browserOf('lead', HOUR), breaking))).toBe('sign_in_again');
    expect(kindOf(await breakGlass(browserOf('lead', MINUTE), breaking))).toBe('requested');
  });
});
