import { entry } from '#tests/factories/records.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import { DAY } from '#app/lib/instant.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { Chance } from '#tests/reliability/scenarios/simulation/chance.ts';
import { Month } from '#tests/reliability/scenarios/simulation/month.ts';
import { Service } from '#tests/reliability/scenarios/simulation/service.ts';
import { judgeMonth } from '#tests/reliability/scenarios/simulation/verdict.ts';
import type { Charged } from '#tests/reliability/scenarios/simulation/verdict.ts';

const DAYS = 30;
const CUSTOMERS = 12;
const CHARGES_EACH = 3;
const CREDITS = 1_000;

/**
 * M13: the whole service in one process for a month, with 20 agents, people who decide, webhooks late and
 * twice, and faults of network, Stripe, product, database and process as a seed has them.
 */
export const simulation = async (
  world: MoneyWorld,
  { seeds, days = DAYS }: { seeds: readonly number[]; days?: number },
): Promise<Figure & { failed: number[] }> => {
  const violations: string[] = [];
  const failed: number[] = [];
  const sums = { requests: 0, refunds: 0, faults: 0 };
  const started = performance.now();
  for (const seed of seeds) {
    const { wrong, requests, refunds, faults } = await oneSeed(world, seed, days);
    violations.push(...wrong.map((what) => `seed ${seed}: ${what}`));
    if (wrong.length > 0) failed.push(seed);
    sums.requests += requests;
    sums.refunds += refunds;
    sums.faults += faults;
  }
  const rate = (seeds.length * days * 1_000) / (performance.now() - started);
  return {
    ...{ name: 'M13 simulation', runs: seeds.length, faults: sums.faults, violations, failed },
    seed: seeds[0] ?? null,
    note:
      `${seeds.length * days} simulated days, ${rate.toFixed(1)} a second; ` +
      `${sums.requests} requests, ${sums.refunds} refunds`,
  };
};

async function oneSeed(world: MoneyWorld, seed: number, days: number) {
  const chance = new Chance(seed);
  const service = new Service(world, chance);
  await service.hire();
  const charges = await openBooks(world, `s${seed}`);
  const since = world.now() - DAY;
  const month = new Month(service, charges);
  await month.run(days);
  const { requests } = month.office;
  const wrong = [
    ...month.office.wrong,
    ...(await judgeMonth(service, { charges, requests, since })),
  ];
  const refunds = world.sandbox.world.all('refund').length;
  forget(world);
  return { wrong, requests: requests.length, refunds, faults: service.faults };
}

async function openBooks(world: MoneyWorld, name: string): Promise<Charged[]> {
  const charges: Charged[] = [];
  const at = world.now();
  for (let customer = 0; customer < CUSTOMERS; customer += 1) {
    const customerId = `org_${name}_${customer}`;
    for (let nth = 0; nth < CHARGES_EACH; nth += 1) {
      const id = `ch_${name}x${customer}x${nth}`;
      await world.charge(id, customerId, 4_900, at);
      charges.push({ id, customerId });
      const brought = entry({
        ...{ id: `led_${id}`, customerId, paymentId: id, kind: 'purchase', credits: CREDITS },
        ...{ occurredAt: at, sequence: nth },
      });
      world.product.product.takeBook([brought]);
      await world.store.write((tx) => saveRecords(tx, [brought]));
    }
  }
  return charges;
}

/** Forgets what Stripe held, so that the next seed is not slower than this one. */
function forget({ sandbox }: MoneyWorld): void {
  const { world: stripe, server } = sandbox;
  for (const kind of ['refund', 'charge', 'event', 'dispute'] as const)
    for (const { id } of stripe.all(kind)) stripe.drop(kind, id);
  stripe.posts.length = 0;
  stripe.keys.clear();
  server.script.clear();
}
