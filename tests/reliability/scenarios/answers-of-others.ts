import { isDeepStrictEqual } from 'node:util';
import type { Operation } from '#app/domain/operations/operation.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import { findEntry } from '#db/queries/customers/customer-records.ts';
import { findOperation } from '#db/queries/operations/operations.ts';
import { productFault } from '#scripts/sandbox/product-api/product-faults.ts';
import type { FaultScript } from '#scripts/sandbox/stripe/faults.ts';
import { entry } from '#tests/factories/records.ts';
import { approvedRefund, approvedRequest } from '#tests/reliability/scenarios/approved-refund.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

const ALWAYS = 1_000;
type StripeFault = Parameters<FaultScript['add']>[0];
type ProductFault = Parameters<typeof productFault.parse>[0];

/**
 * What a step must come to: done once a true answer is there, or left to a person; never believed.
 */
type End = 'succeeded' | 'needs_review' | 'failed';

const READ = { method: 'GET', path: '/v1/charges/*' } as const;
const card = (change: object) => ({ payment_method_details: { card: change } });

/** Whose charge it is, as Stripe says when the refund is about to be sent. */
const CHARGES: Record<string, Record<string, unknown>> = {
  'another customer': { customer: 'cus_other' },
  'another card': card({ last4: '1881' }),
  'another card of the same digits': card({ fingerprint: 'fp_other' }),
  'another currency': { currency: 'eur' },
  'another amount': { amount: 9_900, amount_captured: 9_900 },
};

/** What Stripe answers to the refund that is sent. */
const REFUNDS: Record<string, Record<string, unknown>> = {
  'of another request': { id: 're_other', metadata: { op: 'op_other', request: 'req_other' } },
  'of another charge': { id: 're_other', charge: 'ch_other' },
  'of another amount': { id: 're_other', amount: 100 },
  'in another currency': { id: 're_other', currency: 'eur' },
};

/** A no that contradicts what was read before. */
const NOES: readonly StripeFault[] = [
  { fault: '404', ...READ },
  { fault: '401', ...READ },
  { fault: '403', ...READ },
  { fault: '404' },
  { fault: '400_no_such_charge' },
  { fault: '401' },
  { fault: '403' },
];

/** Entries that the product may have, and that are not ours. */
const ENTRIES: Record<string, { id?: string; [field: string]: string | undefined }> = {
  'an older purchase': { id: 'le_old', kind: 'purchase', occurredAt: '2026-05-04T12:00:00Z' },
  'an older adjustment': { id: 'led_old', occurredAt: '2026-05-01T12:00:00Z' },
  'another kind': { kind: 'renewal' },
  'another payment': { paymentId: 'ch_other' },
  'another generation': { generationId: 'gen_other' },
  'another customer': { customerId: 'org_other' },
};

interface Case {
  name: string;
  end: End;
  run: (id: string) => Promise<Operation>;
}

/** X5: answers that are somebody else’s, or that contradict what was read before: none is believed. */
export const answersOfOthers = async (world: MoneyWorld): Promise<Figure> => {
  const cases = [...stripeCases(world), ...productCases(world)];
  const violations: string[] = [];
  for (const [at, { name, end, run }] of cases.entries()) {
    const id = String(at);
    const step = await run(id);
    await processAll(world, step.requestId);
    world.sandbox.server.script.clear();
    world.product.faults.length = 0;
    const wrong = await checkEnd(world, step, end);
    violations.push(...wrong.map((what) => `${name}: ${what}`));
  }
  const faults = cases.length;
  return { name: 'X5 answers of others', runs: cases.length, faults, violations, seed: null };
};

const stripeCases = (world: MoneyWorld): Case[] => {
  const refund = async (id: string, faults: readonly StripeFault[]): Promise<Operation> => {
    const charge = `ch_other_${id}`;
    const customer = `org_other_${id}`;
    await world.charge(charge, customer, 4_900, undefined, { cardFingerprint: 'fp_1' });
    for (const fault of faults) world.sandbox.server.script.add(fault);
    return approvedRefund(world, { paymentId: charge, customerId: customer });
  };
  const altered = (change: Record<string, unknown>, more: Partial<StripeFault>): StripeFault => ({
    ...{ fault: 'altered', change, ...more },
  });
  return [
    ...Object.entries(CHARGES).flatMap(([name, change]): Case[] => [
      {
        ...{ name: `charge of ${name}, once`, end: 'succeeded' },
        run: (id) => refund(id, [altered(change, READ)]),
      },
      {
        ...{ name: `charge of ${name}`, end: 'needs_review' },
        run: (id) => refund(id, [altered(change, { ...READ, times: ALWAYS })]),
      },
    ]),
    ...Object.entries(REFUNDS).map(([name, change]): Case => ({
      ...{ name: `refund ${name}`, end: 'needs_review' },
      run: (id) => {
        const rest = { object: 'refund', amount: 4_900, currency: 'usd', status: 'succeeded' };
        const whole = { ...rest, charge: `ch_other_${id}`, ...change };
        const list = altered(change, { method: 'GET', times: ALWAYS });
        return refund(id, [altered(whole, { done: false, times: ALWAYS }), list]);
      },
    })),
    ...NOES.flatMap((no): Case[] => [
      {
        ...{ name: `${no.fault} of ${no.method ?? 'POST'}, once`, end: 'succeeded' },
        run: (id) => refund(id, [no]),
      },
      ...(no.fault.startsWith('40') && !['401', '403'].includes(no.fault)
        ? [
            {
              ...{ name: `${no.fault} of ${no.method ?? 'POST'}`, end: 'needs_review' as const },
              run: (id: string) => refund(id, [{ ...no, times: ALWAYS }]),
            },
          ]
        : []),
    ]),
    {
      ...{ name: 'a true no', end: 'failed' },
      run: (id) => refund(id, [{ fault: 'charge_already_refunded' }]),
    },
  ];
};

const productCases = (world: MoneyWorld): Case[] => {
  const grant = async (id: string, faults: readonly ProductFault[]): Promise<Operation> => {
    const charge = `ch_other_${id}`;
    const customerId = `org_other_${id}`;
    // Half of what it buys has come.
    await world.charge(charge, customerId, 4_900, undefined, { credits: 10_000 });
    const bought = oldEntry(customerId, charge);
    world.product.product.takeBook([bought]);
    await world.store.write((tx) => saveRecords(tx, [bought]));
    world.product.faults.push(...faults.map((fault) => productFault.parse(fault)));
    return approvedRequest(world, {
      ...{ kind: 'credit_adjustment', customerId, reason: 'never came', evidence: [] },
      ...{ flagId: null, credits: 5_000, cause: 'missing_credits', paymentId: charge },
      generationId: null,
    });
  };
  return [
    ...Object.entries(ENTRIES).flatMap(([name, given]): Case[] => {
      const faultOf = (id: string, method: 'GET' | 'POST', times: number) => {
        const own = `${given.id ?? 'led_new'}_${id}`;
        const customerId = given['customerId'] ?? `org_other_${id}`;
        const rest = { kind: 'adjustment', credits: 5_000, paymentId: `ch_other_${id}` };
        const whole = { ...rest, occurredAt: new Date(world.now()).toISOString(), ...given };
        const change = { ...whole, id: own, customerId };
        return { fault: 'other_entry', method, times, done: false, change } as const;
      };
      return [
        {
          ...{ name: `${name}, once`, end: 'succeeded' },
          run: (id) => grant(id, [faultOf(id, 'POST', 1)]),
        },
        {
          ...{ name, end: 'needs_review' },
          run: (id) => grant(id, [faultOf(id, 'POST', ALWAYS), faultOf(id, 'GET', ALWAYS)]),
        },
      ];
    }),
    ...(['404_gateway', '404_no_such_customer'] as const).flatMap((fault): Case[] => [
      { ...{ name: `${fault}, once`, end: 'succeeded' }, run: (id) => grant(id, [{ fault }]) },
      {
        ...{ name: fault, end: 'needs_review' },
        run: (id) => grant(id, [{ fault, times: ALWAYS }]),
      },
    ]),
  ];
};

/** The entry of the purchase, which nothing may touch. */
const oldEntry = (customerId: string, paymentId: string) =>
  entry({
    ...{ id: `le_old_${customerId.slice('org_other_'.length)}`, customerId, paymentId },
    ...{ kind: 'purchase', credits: 5_000, balanceAfter: 5_000 },
  });

async function checkEnd(world: MoneyWorld, step: Operation, end: End): Promise<string[]> {
  const after = await findOperation(world.store.read, step.id);
  const { customerId, paymentId } = step;
  const wrong: string[] = [];
  if (after?.state !== end) wrong.push(`${after?.state}, not ${end} (${after?.error ?? ''})`);
  if (end === 'needs_review' && !after?.error) wrong.push('a person is told nothing');
  const made =
    step.kind === 'stripe_refund'
      ? world.sandbox.world.all('refund').filter(({ charge }) => charge === paymentId)
      : [...world.product.product.adjusted.values()]
          .map((adjusted) => adjusted.entry)
          .filter((each) => each.customerId === customerId);
  if (made.length !== (end === 'succeeded' ? 1 : 0)) wrong.push(`made ${made.length} times`);
  if (end === 'succeeded' && made[0]?.id !== after?.externalId) wrong.push('another is believed');
  if (end !== 'succeeded' && after?.externalId) wrong.push(`${after.externalId} is believed`);
  if (step.kind === 'credit_adjustment') {
    const old = oldEntry(customerId, paymentId ?? '').record;
    const kept = await findEntry(world.store.read, customerId, old.id);
    if (!isDeepStrictEqual(kept, old)) wrong.push('the purchase was overwritten');
  }
  return wrong;
}
