import { describe, expect, it } from 'vitest';
import { DAY, SECOND } from '#app/lib/instant.ts';
import { parseLine } from '#app/domain/book/parse-line.ts';
import type { BookRecord } from '#app/domain/book/records.ts';
import { accountLines } from '#scripts/demo-book/book-lines.ts';
import { REFUND_CASES } from '#scripts/demo-book/cases/cases-refunds.ts';
import { makeCase } from '#scripts/demo-book/named.ts';
import { localStripe } from '#tests/support/local-stripe.ts';
import { webhookReceiver } from '#tests/support/webhook-receiver.ts';
import { writeRefundBody } from '#app/domain/operations/bodies.ts';

const NOW = Date.parse('2026-05-04T09:00:00Z');

/** The customers of the demo book whose refunds do not go smoothly, as lines of the book give them. */
const records = REFUND_CASES.flatMap((each) =>
  [...accountLines(makeCase(each, 'redress', NOW, 0).account)].map((line): BookRecord => {
    const parsed = parseLine(line);
    if ('ok' in parsed) return parsed.ok;
    throw new Error(parsed.refused);
  }),
);

const world = async () => {
  const receiver = await webhookReceiver();
  const stripe = await localStripe({
    records,
    now: () => NOW,
    refundsEndAfter: { succeeded: 12, failed: 20 },
    webhook: { url: receiver.url, secrets: ['whsec_x'] },
  });
  const refund = (tag: string, key = 'k') => {
    const metadata = { op: `op_${key}`, request: 'req_1' };
    const body = writeRefundBody({ paymentId: `ch_${tag}`, amount: 1_200, metadata });
    return stripe.api.createRefund({ body, key });
  };
  const statuses = async (tag: string) =>
    (await stripe.api.listRefunds(`ch_${tag}`)).map(({ status }) => status);
  const heard = async () => {
    await stripe.sandbox.webhooks.idle();
    return receiver.delivered.map(({ body }) => {
      const { type } = JSON.parse(body.toString()) as { type: string }; // the sandbox's own event
      return type;
    });
  };
  return { ...stripe, refund, statuses, heard };
};

describe('customers whose refunds do not go smoothly', () => {
  it('are four, each with one flag that leads to a refund', () => {
    expect(REFUND_CASES.map(({ customerId }) => customerId)).toEqual([
      'org_fault_pending',
      'org_fault_later_failed',
      'org_fault_lost_reply',
      'org_fault_not_refundable',
    ]);
  });

  it('one stays pending and succeeds after twelve seconds', async () => {
    const { world: account, refund, statuses, heard } = await world();
    expect(await refund('fault_pending')).toMatchObject({
      kind: 'accepted',
      refund: { status: 'pending' },
    });
    account.advance(11 * SECOND);
    expect(await statuses('fault_pending')).toEqual(['pending']);
    account.advance(SECOND);
    expect(await statuses('fault_pending')).toEqual(['succeeded']);
    expect(await heard()).toEqual(['refund.created', 'charge.refunded', 'refund.updated']);
  });

  it('one succeeds and fails after twenty seconds, and gives its amount back', async () => {
    const { api, world: account, refund, statuses, heard } = await world();
    expect(await refund('fault_later_failed')).toMatchObject({
      kind: 'accepted',
      refund: { status: 'succeeded' },
    });
    account.advance(20 * SECOND);
    expect(await statuses('fault_later_failed')).toEqual(['failed']);
    expect((await api.readCharge('ch_fault_later_failed'))?.amountRefunded).toBe(0);
    expect(await heard()).toContain('refund.failed');
  });

  it('one is made and nobody can tell for twenty-five seconds, by answer, by look-up or by event', async () => {
    const { world: account, api, refund, statuses, heard } = await world();
    expect((await refund('fault_lost_reply')).kind).toBe('unknown');
    expect(
      account.all('refund').filter(({ charge }) => charge === 'ch_fault_lost_reply'),
    ).toHaveLength(1);
    await expect(statuses('fault_lost_reply')).rejects.toThrow(/./);
    expect(await heard()).toEqual([]);
    // The others are answered meanwhile.
    expect(await api.readCharge('ch_fault_pending')).not.toBeNull();
    account.advance(25 * SECOND);
    expect(await statuses('fault_lost_reply')).toEqual(['succeeded']);
  });

  it('one is refused, again under another key, and nothing moves', async () => {
    const { refund, statuses } = await world();
    for (const key of ['first', 'second'])
      expect(await refund('fault_not_refundable', key)).toMatchObject({
        kind: 'refused',
        code: 'charge_not_refundable',
      });
    expect(await statuses('fault_not_refundable')).toEqual([]);
  });

  it('by the usual clock an end that is not smooth comes after three days', async () => {
    const { api, world: account } = await localStripe({ records, now: () => NOW });
    const metadata = { op: 'op_1', request: 'req_1' };
    const body = writeRefundBody({ paymentId: 'ch_fault_pending', amount: 100, metadata });
    await api.createRefund({ body, key: 'k' });
    account.advance(3 * DAY - SECOND);
    expect((await api.listRefunds('ch_fault_pending'))[0]?.status).toBe('pending');
    account.advance(SECOND);
    expect((await api.listRefunds('ch_fault_pending'))[0]?.status).toBe('succeeded');
  });
});
