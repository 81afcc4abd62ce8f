import { describe, expect, it } from 'vitest';
import { SECOND } from '#app/lib/instant.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { findOperation } from '#db/queries/operations/operations.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { worldOfTest } from '#tests/reliability/scenarios/in-test.ts';

/* Stripe answers a refund that is sent with another one: ours is looked up, and else a person decides at once. */

const OTHERS: [string, Record<string, unknown>][] = [
  ['of another charge', { id: 're_other', charge: 'ch_other' }],
  ['of another amount', { id: 're_other', amount: 100 }],
  ['in another currency', { id: 're_other', currency: 'eur' }],
  ['of another request', { id: 're_other', metadata: { op: 'op_other', request: 'req_other' } }],
];
const whole = (change: object) => ({
  ...{ object: 'refund', amount: 4_900, currency: 'usd', status: 'succeeded', charge: 'ch_1' },
  ...change,
});

describe.each(OTHERS)('an answer %s', (_what, change) => {
  const sent = async (done: boolean, more: object = {}) => {
    const world = await worldOfTest();
    await world.charge('ch_1');
    const { script } = world.sandbox.server;
    script.add({ fault: 'altered', change: done ? change : whole(change), done, ...more });
    const { id } = await approvedRefund(world, { paymentId: 'ch_1' });
    const look = async () => {
      await processDueOperations(world);
      return findOperation(world.store.read, id);
    };
    const posts = () => world.sandbox.world.posts.filter(({ path }) => path === '/v1/refunds');
    return { world, script, look, posts };
  };

  it('goes to a person at once where nothing bears our mark, and is never believed', async () => {
    const { world, look, posts } = await sent(false, { times: 9 });
    await look();
    world.advance(SECOND);
    const step = await look();
    expect(step).toMatchObject({ state: 'needs_review', externalId: null });
    expect(step?.error).toContain('re_other, which is not the refund that was sent');
    expect(step?.error).toContain('Nothing tagged with this request was found.');
    expect(posts()).toHaveLength(1);
  });

  it('is nothing where ours was made: it is found by our mark', async () => {
    const { world, look, posts } = await sent(true);
    await look();
    world.advance(SECOND);
    const [made] = world.sandbox.world.all('refund');
    expect(await look()).toMatchObject({ state: 'succeeded', externalId: made?.id, error: null });
    expect(posts()).toHaveLength(1);
  });

  it('waits for the look-up as long as Stripe cannot be read', async () => {
    const { world, script, look, posts } = await sent(true);
    // Not the one before it is sent.
    script.add({ fault: 'reset_before', method: 'GET', path: '/v1/refunds', nth: 2, times: 9 });
    await look();
    world.advance(SECOND);
    expect(await look()).toMatchObject({ state: 'sending', outcome: 'mismatched' });
    script.clear();
    world.advance(10 * SECOND);
    expect(await look()).toMatchObject({ state: 'succeeded' });
    expect(posts()).toHaveLength(1);
  });
});
