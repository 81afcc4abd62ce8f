import { describe, expect, it } from 'vitest';
import type { Flag } from '#app/domain/flags/flag.ts';
import { DAY } from '#app/lib/instant.ts';
import { SEVERITIES } from '#app/domain/rules/rule.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';
import {
  FLAG_SORTS,
  countFlagsByRule,
  countOpenedByDay,
  listFlags,
} from '#db/queries/flags/flag-queue.ts';
import type { FlagCursor, FlagFilter, FlagSort } from '#db/queries/flags/flag-queue.ts';
import { insertFlags } from '#db/queries/flags/flags.ts';
import type { Store } from '#db/store-types.ts';
import { openFlag } from '#tests/factories/flags.ts';
import { T } from '#tests/factories/records.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
const RULES: RuleId[] = ['missing-credits', 'missing-invoice', 'dispute-open'];

/** Sixty flags with many ties: of severity, age and money. */
const flags: Flag[] = Array.from({ length: 60 }, (_, i) =>
  openFlag({
    id: `flg_${String((i * 37) % 60).padStart(2, '0')}`,
    rule: RULES[i % 3] ?? 'missing-credits',
    subject: `payment:ch_${i}`,
    severity: SEVERITIES[i % 4] ?? 'low',
    since: T + (i % 5) * DAY,
    openedAt: T + (i % 2) * DAY,
    atRisk: i % 7 === 0 ? null : (i % 3) * 100,
    assigneeId: i % 6 === 0 ? 'stf_1' : null,
    state: i % 10 === 0 ? 'closed' : 'open',
  }),
);

const filled = async (): Promise<Store> => {
  const store = await freshStore();
  await store.write((tx) => insertFlags(tx, flags));
  return store;
};

/** Every page of `size`, one after another. */
const walk = async (store: Store, filter: FlagFilter, sort: FlagSort, size: number) => {
  const ids: string[] = [];
  let after: FlagCursor | null = null;
  do {
    const page: Awaited<ReturnType<typeof listFlags>> = await listFlags(store.read, filter, {
      sort,
      after,
      limit: size,
    });
    expect(page.flags.length).toBeLessThanOrEqual(size);
    ids.push(...page.flags.map(({ id }) => id));
    after = page.next;
  } while (after);
  return ids;
};

const rank = ({ severity }: Flag): number => SEVERITIES.indexOf(severity);
const expected = (sort: FlagSort, keep: (flag: Flag) => boolean): string[] =>
  flags
    .filter(keep)
    .toSorted(
      (a, b) =>
        rank(a) - rank(b) ||
        (sort === 'age' ? a.since - b.since : (b.atRisk ?? -1) - (a.atRisk ?? -1)) ||
        (a.id < b.id ? -1 : 1),
    )
    .map(({ id }) => id);

/** How many high flags of a rule are open. */
const openHigh = (rule: RuleId): number =>
  flags.filter((one) => one.state === 'open' && one.severity === 'high' && one.rule === rule)
    .length;

describe('the queue', () => {
  const filters: [FlagFilter, (flag: Flag) => boolean][] = [
    [{ state: 'open' }, () => true],
    [{ state: 'open', rule: 'dispute-open' }, ({ rule }) => rule === 'dispute-open'],
    [{ state: 'open', severity: 'low' }, ({ severity }) => severity === 'low'],
    [{ state: 'open', assigneeId: 'stf_1' }, ({ assigneeId }) => assigneeId === 'stf_1'],
    [{ state: 'open', assigneeId: null }, ({ assigneeId }) => assigneeId === null],
  ];
  it.each(FLAG_SORTS)(
    'pages by %s without gap or repetition, whatever the filter',
    async (sort) => {
      const store = await filled();
      for (const [filter, keep] of filters) {
        const wanted = expected(sort, (flag) => flag.state === 'open' && keep(flag));
        for (const size of [1, 7, 60])
          expect(await walk(store, filter, sort, size)).toEqual(wanted);
      }
    },
  );

  it('counts by rule and severity what passes the filter', async () => {
    const store = await filled();
    const counts = await countFlagsByRule(store.read, { state: 'open', severity: 'high' });
    expect(new Map(counts.map(({ rule, count }) => [rule, count]))).toEqual(
      new Map(RULES.map((rule) => [rule, openHigh(rule)])),
    );
  });

  it('counts what opened by UTC day and rule, closed since or not', async () => {
    const store = await filled();
    const period = { from: Math.floor(T / DAY) * DAY, to: T + DAY };
    const opened = await countOpenedByDay(store.read, period);
    const days = [20_577, 20_578].flatMap((day) =>
      RULES.toSorted().map((rule) => ({ day, rule, count: 10 })),
    );
    expect(opened).toEqual(days);
    expect(await countOpenedByDay(store.read, { from: T + 1, to: T + DAY })).toHaveLength(3);
  });
});
