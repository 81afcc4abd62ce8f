import { HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Watermark } from '#app/domain/book/records.ts';
import type { Account } from '#scripts/demo-book/account.ts';
import { DEMO_CASES } from '#scripts/demo-book/cases/cases.ts';
import { PACKS, PLANS } from '#scripts/demo-book/catalogue.ts';
import { EXTRAS } from '#scripts/demo-book/extras.ts';
import { makeCase, makePlanted } from '#scripts/demo-book/named.ts';
import type { Planted } from '#scripts/demo-book/named.ts';
import { companyName } from '#scripts/demo-book/names.ts';
import type { Named } from '#scripts/demo-book/names.ts';
import { makeOrdinary } from '#scripts/demo-book/ordinary.ts';
import { createRandom } from '#scripts/demo-book/random.ts';
import type { Random } from '#scripts/demo-book/random.ts';
import { REGIONS } from '#scripts/demo-book/regions.ts';
import type { Region } from '#scripts/demo-book/regions.ts';

export interface CompanySpec {
  /** The year before this instant is told. */
  now: Instant;
  seed?: string;
  /** How many customers in all; those with a story are always there. */
  customers?: number;
}

export const DEFAULT_SEED = 'redress';
export const DEFAULT_CUSTOMERS = 1_500;
/** Of the largest customer, in a book of the usual size. */
const HEAVY_GENERATIONS = 47_750;

/**
 * How far each stream is known. The ledger has no watermark and so is known throughout: with one that
 * stands still, nothing could become late while the demo runs. Invoices come in batches and lag.
 */
export const watermarks = (now: Instant): Watermark[] => [
  { id: 'payments', through: now - 40 * SECOND },
  { id: 'generations', through: now - 2 * MINUTE },
  { id: 'invoices', through: now - 50 * MINUTE },
];

interface Newcomer {
  id: string;
  named: Named;
  region: Region;
}

/** Ids and names that no other customer has. */
const newcomers = (random: Random): (() => Newcomer) => {
  const taken = new Set<string>(DEMO_CASES.flatMap((each) => [each.customerId, each.name]));
  const free = <T>(draw: () => T, key: (drawn: T) => string): T => {
    let drawn = draw();
    for (let tries = 0; taken.has(key(drawn)) && tries < 60; tries += 1) drawn = draw();
    taken.add(key(drawn));
    return drawn;
  };
  return () => {
    const { region, named } = free(
      () => {
        const home = random.weighted(REGIONS);
        return { region: home, named: companyName(random, home) };
      },
      (each) => each.named.name,
    );
    const id = free(
      () => `org_${random.int(36 ** 4, 36 ** 5 - 1).toString(36)}`,
      (each) => each,
    );
    return { id, named, region };
  };
};

/** Customers with a story or with troubles, but for the largest one, whose story is its size. */
export const troubledCustomers = (seed: string): string[] => {
  const next = newcomers(createRandom(`${seed}/names`));
  const others = EXTRAS.flatMap(({ times }) => Array.from({ length: times }, () => next().id));
  const told = DEMO_CASES.filter((each) => each.plan !== 'scale').map((each) => each.customerId);
  return [...told, ...others];
};

const isDay = (region: Region, now: Instant): boolean => {
  const hour = new Date(now + region.offset * HOUR).getUTCHours();
  return hour >= 8 && hour < 20;
};

const extras = function* (spec: Required<CompanySpec>, next: () => Newcomer): Generator<Planted> {
  const random = createRandom(`${spec.seed}/extras`);
  for (const { planting, times, ages } of EXTRAS) {
    for (let made = 0; made < times; made += 1) {
      const { id, named, region } = next();
      const [youngest, oldest] = ages;
      // Troubles are put right in time: the young ones are more.
      const age = youngest + (oldest - youngest) * random.next() ** 1.4;
      const plan = PLANS[planting.plan ?? random.pick(['starter', 'creator', 'creator', 'pro'])];
      yield makePlanted({
        ...spec,
        ...named,
        id,
        region,
        plan,
        planting,
        tag: random.token(20),
        at: Math.floor(spec.now - age),
        pack: random.weighted(Object.values(PACKS)),
        by: 0.4 + 1.8 * random.next(),
        generations: Math.round(random.logNormal(plan.generations, 0.5)),
      });
    }
  }
};

/** The whole company, customer by customer: those with a story first, then troubles, then the many. */
export const makeCompany = function* (given: CompanySpec): Generator<Planted> {
  const spec = { seed: DEFAULT_SEED, customers: DEFAULT_CUSTOMERS, ...given };
  const next = newcomers(createRandom(`${spec.seed}/names`));
  const share = Math.min(spec.customers / DEFAULT_CUSTOMERS, 1);
  const heavy = Math.round(HEAVY_GENERATIONS * share);
  let made = 0;
  for (const each of DEMO_CASES) {
    yield makeCase(each, spec.seed, spec.now, heavy);
    made += 1;
  }
  for (const planted of extras(spec, next)) {
    yield planted;
    made += 1;
  }
  for (; made < spec.customers; made += 1) {
    const newcomer = next();
    const live = isDay(newcomer.region, spec.now) && made % 8 === 0;
    const account: Account = makeOrdinary({ ...spec, ...newcomer, live });
    yield { account, expected: [] };
  }
};
