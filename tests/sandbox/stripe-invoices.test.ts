import { describe, expect, it } from 'vitest';
import { localStripe, refusal } from '#tests/support/local-stripe.ts';
import type { BookRecord } from '#app/domain/book/records.ts';
import { paid, T } from '#tests/factories/records.ts';

const invoice = (change: object): BookRecord => ({
  type: 'invoice',
  record: {
    id: 'in_paid',
    customerId: 'org_1',
    number: 'ACME-0001',
    status: 'paid',
    total: 4_900,
    currency: 'usd',
    createdAt: T,
    finalizedAt: T,
    paymentIds: ['ch_1'],
    billTo: { name: 'Acme', email: 'a@acme.test', address: '1 Way, Town', taxId: 'DE123456789' },
    subscriptionId: null,
    revisionOf: null,
    ...change,
  },
});

const records = [
  paid({ id: 'ch_1' }),
  invoice({}),
  invoice({ id: 'in_open', number: 'ACME-0002', status: 'open', paymentIds: [] }),
  invoice({
    id: 'in_sub',
    number: 'ACME-0003',
    status: 'open',
    paymentIds: [],
    subscriptionId: 'sub_1',
  }),
];
const CUSTOMER = 'cus_of_org_1';

describe('invoices at the local Stripe', () => {
  it('an open one is revised: the copy takes its place when it is finalized', async () => {
    const { client } = await localStripe({ records });
    await client.customers.update(CUSTOMER, { name: 'Acme GmbH', address: { line1: '2 Way' } });
    const draft = await client.invoices.create({
      from_invoice: { invoice: 'in_open', action: 'revision' },
    });
    expect(draft).toMatchObject({
      status: 'draft',
      total: 4_900,
      number: null,
      hosted_invoice_url: null,
    });
    expect((await client.invoices.retrieve('in_open')).status).toBe('open');
    const final = await client.invoices.finalizeInvoice(draft.id);
    expect(final).toMatchObject({
      status: 'open',
      customer_name: 'Acme GmbH',
      number: 'ACME-0004',
      from_invoice: { action: 'revision', invoice: 'in_open' },
    });
    expect(await client.invoices.retrieve('in_open')).toMatchObject({
      status: 'void',
      latest_revision: final.id,
      customer_name: 'Acme',
    });
    const again = client.invoices.create({
      from_invoice: { invoice: 'in_open', action: 'revision' },
    });
    expect((await refusal(again)).status).toBe(400);
  });

  it.each(['in_paid', 'in_sub'])('%s cannot be revised', async (id) => {
    const { client } = await localStripe({ records });
    const revised = client.invoices.create({ from_invoice: { invoice: id, action: 'revision' } });
    expect(await refusal(revised)).toMatchObject({ status: 400, param: 'from_invoice[invoice]' });
  });

  it('a paid one is credited in full without money moving, and written anew', async () => {
    const { client, world } = await localStripe({ records });
    const note = await client.creditNotes.create({
      invoice: 'in_paid',
      amount: 4_900,
      out_of_band_amount: 4_900,
      email_type: 'none',
      reason: 'order_change',
    });
    expect(note).toMatchObject({ total: 4_900, post_payment_amount: 4_900, type: 'post_payment' });
    expect(world.all('refund')).toHaveLength(0);
    await client.customers.update(CUSTOMER, { name: 'Acme GmbH' });
    await client.customers.createTaxId(CUSTOMER, { type: 'eu_vat', value: 'DE987654321' });
    const fresh = await client.invoices.create({
      customer: CUSTOMER,
      currency: 'usd',
      auto_advance: false,
      metadata: { reissue_of: 'in_paid' },
    });
    await client.invoices.addLines(fresh.id, {
      lines: [{ amount: 4_900, description: 'Credits' }],
    });
    await client.invoices.finalizeInvoice(fresh.id);
    const done = await client.invoices.pay(fresh.id, { paid_out_of_band: true });
    expect(done).toMatchObject({ status: 'paid', total: 4_900, amount_remaining: 0 });
    expect((await client.invoices.sendInvoice(fresh.id)).customer_name).toBe('Acme GmbH');
    const more = client.creditNotes.create({
      invoice: 'in_paid',
      amount: 1,
      out_of_band_amount: 1,
    });
    expect(await refusal(more)).toMatchObject({ status: 400, param: 'amount' });
  });

  it('the parts of a credit note must add up, and direct refunds count against it', async () => {
    const { client } = await localStripe({ records });
    const create = (given: object) => client.creditNotes.create({ invoice: 'in_paid', ...given });
    expect((await refusal(create({ amount: 100 }))).message).toContain('must equal');
    expect(
      (await refusal(create({ amount: 100, refund_amount: 60, credit_amount: 30 }))).status,
    ).toBe(400);
    await client.refunds.create({ charge: 'ch_1', amount: 4_000 });
    expect(await refusal(create({ amount: 1_000, credit_amount: 1_000 }))).toMatchObject({
      param: 'amount',
    });
    const note = await create({ amount: 900, refund_amount: 900 });
    expect(note.refunds).toHaveLength(1);
    expect((await client.charges.retrieve('ch_1')).refunded).toBe(true);
  });

  it('only metadata of a finalized one changes, and only an open one is voided', async () => {
    const { client } = await localStripe({ records });
    const changed = client.invoices.update('in_open', { description: 'x' });
    expect(await refusal(changed)).toMatchObject({ code: 'invoice_not_editable' });
    expect(
      (await client.invoices.update('in_open', { metadata: { a: 'b' } })).metadata,
    ).toMatchObject({ a: 'b' });
    expect((await refusal(client.invoices.voidInvoice('in_paid'))).status).toBe(400);
    expect((await client.invoices.voidInvoice('in_open')).status).toBe('void');
  });

  it('names its payments, and a payment its invoices', async () => {
    const { client } = await localStripe({ records });
    const list = await client.invoices.list({ customer: CUSTOMER, expand: ['data.payments'] });
    const found = list.data.find(({ id }) => id === 'in_paid')?.payments?.data[0]?.payment;
    expect(found).toMatchObject({ type: 'payment_intent', payment_intent: 'pi_1' });
    const back = await client.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: 'pi_1' },
    });
    expect(back.data.map((each) => each.invoice)).toEqual(['in_paid']);
  });

  it('an authorisation is captured or given up', async () => {
    const { client } = await localStripe({
      records: ['ch_a', 'ch_b'].map((id) =>
        paid({ id, status: 'requires_capture', capturedAt: null }),
      ),
    });
    expect(await client.paymentIntents.capture('pi_a', { amount_to_capture: 4_000 })).toMatchObject(
      {
        status: 'succeeded',
        amount_received: 4_000,
      },
    );
    expect((await client.paymentIntents.cancel('pi_b')).status).toBe('canceled');
    expect(await refusal(client.paymentIntents.cancel('pi_a'))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    expect(await client.charges.retrieve('ch_b')).toMatchObject({
      captured: false,
      refunded: true,
    });
  });
});
