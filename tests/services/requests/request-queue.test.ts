import { describe, expect, it } from 'vitest';
import { HOUR } from '#app/lib/instant.ts';
import { loadRequest } from '#app/services/requests/views/load-request.ts';
import {
  loadRequestQueue,
  loadClosedRequests,
} from '#app/services/requests/views/load-request-queue.ts';
import { loadCustomerRequests } from '#app/services/requests/views/load-customer-requests.ts';
import { LATER } from '#tests/support/local-stripe.ts';
import { askCredits, askRefund, made, remedyWorld } from '#tests/support/remedy-world.ts';

describe('the queue', () => {
  it('has what is mine to decide first, and says what the others wait for', async () => {
    const world = await remedyWorld();
    const refund = made(await world.ask(askRefund()));
    world.at(LATER + HOUR);
    const credits = made(await world.ask(askCredits({ credits: 900 }), 'lead'));
    made(await world.ask(askCredits({ credits: 5, paymentId: null, cause: 'other' })));
    const titles = async (name: string) =>
      (await loadRequestQueue(world.as(name))).open.map(({ title, whyNot }) => [
        title,
        whyNot === null,
      ]);
    expect(await titles('lead2')).toEqual([
      ['Grant 900 credits', true],
      ['Refund $10.00', false],
      ['Grant 5 credits', false],
    ]);
    const queue = await loadRequestQueue(world.as('finance'));
    expect(queue).toMatchObject({ mine: 2, stuck: 0 });
    expect(queue.open.map(({ waitsFor }) => waitsFor)).toEqual([
      'Waiting for finance',
      'Waiting for a lead or finance',
      'Queued',
    ]);
    const banner = (await loadCustomerRequests(world.as('agent'), 'org_1', null)).open;
    expect(banner.map(({ id }) => id).slice(0, 2)).toEqual([refund.id, credits.id]);
    await world.decide('finance', refund, { verdict: 'reject', reason: 'No.' });
    expect((await loadCustomerRequests(world.as('agent'), 'org_1', null)).open).toHaveLength(2);
    expect((await loadClosedRequests(world.as('agent'), null)).rows).toMatchObject([
      { id: refund.id, state: 'rejected', stateReason: 'No.', whyNot: 'It is rejected.' },
    ]);
    const sheet = await loadRequest(world.as('agent'), refund.id);
    expect(sheet?.history.map(({ says, actorName }) => [says, actorName])).toEqual([
      ['Requested', 'agent'],
      ['Rejected: No.', 'finance'],
    ]);
    expect(await loadRequest(world.as('agent'), 'req_no')).toBeNull();
  });
});
