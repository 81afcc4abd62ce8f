import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import { loadCustomer } from '#app/services/customers/load-customer.ts';
import { loadRecord } from '#app/services/customers/record/load-record.ts';
import { loadCustomerRequests } from '#app/services/requests/views/load-customer-requests.ts';
import { withdrawRequest } from '#app/services/requests/lifecycle/withdraw-request.ts';
import { entry, known, paid, T } from '#tests/factories/records.ts';
import { askRefund, made, remedyWorld } from '#tests/support/remedy-world.ts';
import { LATER } from '#tests/support/local-stripe.ts';

const customer = (change: object = {}) => ({
  type: 'customer' as const,
  record: {
    ...{
      id: 'org_1',
      name: 'Løvely',
      email: 'a@b.test',
      stripeCustomerId: null,
      createdAt: T - DAY,
    },
    ...{ timeZone: null, reportedBalance: null, reportedBalanceAt: null, generationHold: null },
    ...change,
  },
});

/** One refund that was asked for, changed an hour later and withdrawn after another. */
const history = async (now = LATER + 40 * DAY) => {
  const world = await remedyWorld();
  await world.put(customer({ generationHold: true }));
  const request = made(await world.ask(askRefund()));
  world.at(LATER + HOUR);
  const back = await world.decide('finance', request, { verdict: 'send_back', reason: 'Why?' });
  made(back);
  world.at(LATER + 2 * HOUR);
  made(await withdrawRequest(world.as('agent'), { requestId: request.id, reason: 'Not needed.' }));
  world.at(now);
  const at = (asOf: number | null) => loadCustomerRequests(world.as('agent'), 'org_1', asOf);
  return { world, at };
};

describe('what was requested, as it was', () => {
  it('is not there before it was asked', async () => {
    const { at } = await history(LATER + 3 * HOUR);
    expect((await at(null)).settled).toHaveLength(1);
    expect(await at(LATER - 1)).toEqual({ open: [], settled: [] });
  });

  it('stands in the state of then, with nothing that came later', async () => {
    const { at } = await history();
    const asked = await at(LATER + MINUTE);
    expect(asked.settled).toEqual([]);
    expect(asked.open).toMatchObject([
      { state: 'requested', stateReason: null, waitsFor: 'Waiting for approval' },
    ]);
    expect(asked.open[0]?.whyNotWithdraw).not.toBeNull();
    expect((await at(LATER + HOUR)).open).toMatchObject([
      { state: 'sent_back', stateReason: 'Why?', changedAt: LATER + HOUR },
    ]);
    expect((await at(LATER + 2 * HOUR)).settled).toMatchObject([
      { state: 'withdrawn', stateReason: 'Not needed.' },
    ]);
    expect(await at(LATER + 33 * DAY)).toEqual({ open: [], settled: [] });
    expect((await at(null)).settled).toEqual([]);
  });
});

describe('the account, as it was', () => {
  it('shows no hold, no report, no stream and no date of later', async () => {
    const { world } = await history();
    await world.put(
      customer({ generationHold: true, reportedBalance: 10, reportedBalanceAt: T + 2 * DAY }),
      known('payments', T + 2 * DAY),
      paid({
        id: 'ch_3',
        capturedAt: T + DAY,
        amountCaptured: 4_900,
        refundedAt: T + 2 * DAY,
        amountRefunded: 900,
      }),
    );
    const asOf = T + HOUR;
    const ask = { customerId: 'org_1', asOf, period: null, days: 30 };
    const view = await loadCustomer(world.as('agent'), ask);
    expect(view?.customer?.generationHold).toBeNull();
    expect(view?.balance.reported).toBeNull();
    for (const { through } of view?.streams ?? []) expect(through ?? 0).toBeLessThanOrEqual(asOf);
    const sheet = async (ref: string) =>
      loadRecord(world.as('agent'), { customerId: 'org_1', ref, asOf });
    const labels = (await sheet('payment:ch_3'))?.fields.map(({ label }) => label) ?? [];
    expect(labels).toContain('Amount');
    for (const later of ['Captured', 'Amount captured', 'Refunded', 'Amount refunded'])
      expect(labels).not.toContain(later);
    const reported = (await sheet('customer:org_1'))?.fields.map(({ label }) => label) ?? [];
    expect(reported).not.toContain('Reported balance');
    expect(reported).not.toContain('Reported');
  });

  it('names no refund or payment of later beside a record', async () => {
    const { world } = await history();
    await world.put(
      entry({ id: 'le_9', paymentId: 'ch_9', occurredAt: T }),
      paid({ id: 'ch_9', createdAt: T + DAY, capturedAt: T + DAY }),
    );
    const ask = { customerId: 'org_1', ref: 'ledgerEntry:le_9', asOf: T + HOUR };
    expect((await loadRecord(world.as('agent'), ask))?.partners).toEqual([]);
  });
});

describe('the balance that is shown to the customer', () => {
  const view = async (reportedBalance: number, reportedBalanceAt: number, now: number) => {
    const world = await remedyWorld([
      entry({ id: 'le_1', kind: 'purchase', credits: 5_000, occurredAt: T }),
      entry({ id: 'le_2', kind: 'adjustment', credits: 57, occurredAt: T + 2 * HOUR }),
    ]);
    await world.put(customer({ reportedBalance, reportedBalanceAt }));
    world.at(now);
    const ask = { customerId: 'org_1', asOf: null, period: null, days: 30 };
    return (await loadCustomer(world.as('agent'), ask))?.balance;
  };

  it.each([
    ['what came after the report is told apart', 5_000, T + HOUR, { kind: 'agrees' }, 57],
    [
      'a difference is that of the same instant',
      4_900,
      T + HOUR,
      { kind: 'differs', by: -100 },
      57,
    ],
    ['nothing has come since', 5_057, T + 3 * HOUR, { kind: 'agrees' }, 0],
    ['credits moved beside it', 5_000, T + 2 * HOUR + MINUTE, { kind: 'unclear' }, 0],
    ['it is too new to tell', 4_000, T + 5 * HOUR - MINUTE, { kind: 'unclear' }, 0],
  ])('%s', async (_what, reported, reportedAt, agreement, since) => {
    const balance = await view(reported, reportedAt, T + 5 * HOUR);
    expect(balance).toMatchObject({ ledger: 5_057, reported: { agreement, since } });
  });
});
