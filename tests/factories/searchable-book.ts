import { foldName } from '#app/domain/search/fold-name.ts';
import { account } from '#db/schema/account.ts';
import {
  customer,
  generation,
  invoice,
  ledgerEntry,
  member,
  nameKey,
  payment,
  refund,
  setupAttempt,
  subscription,
} from '#db/schema/book.ts';
import type { Store } from '#db/store-types.ts';
export const NOW = Date.UTC(2026, 10, 22, 9, 30);
export const MAY_3 = Date.UTC(2026, 4, 3, 12, 18);

const people = [
  { id: 'org_1', name: 'Løvely Studio', email: 'Anna@lovely.example' },
  { id: 'org_2', name: 'Lovely Studio Two', email: 'bo@two.example' },
  { id: 'org_3', name: '<b>Bold</b>', email: 'bold@three.example' },
  { id: 'org_4', name: "O'Brien & 100% _Söhne_", email: 'obrien@four.example' },
];
const pay = (id: string, customerId: string, rest: Partial<typeof payment.$inferInsert> = {}) => ({
  id,
  customerId,
  purpose: 'credit_pack' as const,
  amount: 4900,
  currency: 'usd',
  status: 'succeeded' as const,
  createdAt: MAY_3,
  cardLast4: '4242',
  ...rest,
});

/** A handful of customers, one thing of each kind that a search can find. */
export const loadSearchableBook = (store: Store): Promise<void> =>
  store.write(async (tx) => {
    await tx.insert(customer).values(
      people.map((person) => ({
        ...person,
        createdAt: 0,
        stripeCustomerId: person.id.replace('org', 'cus'),
      })),
    );
    const members = [
      { id: 'mem_1', customerId: 'org_2', name: 'Zoë Anders', email: 'zoe@two.example' },
    ];
    await tx.insert(member).values(members);
    await tx.insert(nameKey).values([
      ...people.map(({ id, name, email }) => ({
        type: 'customer' as const,
        recordId: id,
        customerId: id,
        folded: foldName(`${name}\n${email}`),
      })),
      ...members.map(({ id, customerId, name, email }) => ({
        type: 'member' as const,
        recordId: id,
        customerId,
        folded: foldName(`${name}\n${email}`),
      })),
    ]);
    await tx.insert(account).values(
      ['org_1', 'org_2', 'org_3', 'org_4', 'org_only_named'].map((customerId) => ({
        customerId,
        dirty: true,
      })),
    );
    await tx.insert(payment).values([
      pay('ch_1', 'org_1'),
      pay('ch_2', 'org_2', { createdAt: MAY_3 + 40 * 86_400_000, cardLast4: '1881' }),
      pay('ch_3', 'org_3', { currency: 'jpy' }),
      pay('ch_4', 'org_4', { amount: 4900, currency: 'kwd' }),
      pay('ch_5', 'org_4', { amount: 1299, status: 'failed', invoiceId: 'in_unseen' }),
      // 3 May in Honolulu.
      pay('ch_6', 'org_4', { amount: 777, createdAt: Date.UTC(2026, 4, 4, 9) }),
      pay('4242', 'org_3', { amount: 1 }),
    ]);
    await tx.insert(refund).values({
      id: 're_1',
      customerId: 'org_1',
      paymentId: 'ch_unseen',
      amount: 4900,
      currency: 'usd',
      status: 'succeeded',
      createdAt: MAY_3,
      bankReference: '74208571234567890123456',
    });
    await tx.insert(invoice).values({
      id: 'in_1',
      customerId: 'org_1',
      number: 'RED-2026-0042',
      status: 'paid',
      total: 4900,
      currency: 'usd',
      createdAt: MAY_3,
      paymentIds: ['ch_1'],
      billTo: { name: 'Løvely Studio' },
    });
    await tx.insert(subscription).values({
      id: 'sub_1',
      customerId: 'org_2',
      plan: 'pro',
      creditsPerPeriod: 100,
      status: 'past_due',
      currentPeriodStart: MAY_3,
      currentPeriodEnd: MAY_3,
    });
    await tx.insert(ledgerEntry).values({
      id: 'le_1',
      customerId: 'org_1',
      kind: 'purchase',
      credits: 5000,
      occurredAt: MAY_3,
      generationId: 'gen_unseen',
    });
    await tx.insert(generation).values({
      id: 'gen_1',
      customerId: 'org_1',
      kind: 'video',
      model: 'm',
      tier: 'pro',
      status: 'failed',
      startedAt: MAY_3,
    });
    await tx.insert(setupAttempt).values({
      id: 'seti_1',
      customerId: 'org_2',
      at: MAY_3,
      status: 'failed',
    });
  });
