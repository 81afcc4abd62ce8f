import { expect, it } from 'vitest';
import { judgeClockSkew } from '#app/domain/time/clock-skew.ts';
import { MINUTE, SECOND } from '#app/lib/instant.ts';
import { T } from '#tests/factories/records.ts';

/** Seconds ahead of another console, and the seconds since it measured. */
type Other = readonly [ahead: number, age: number];

it.each<[string, number, readonly Other[], string]>([
  ['alone and right', 0, [], 'agrees'],
  ['alone and two seconds ahead', 2, [], 'agrees'],
  ['alone and wrong: it goes by the database, and says so', 61, [], 'apart'],
  ['beside one that is as right', 1, [[-1, 5]], 'agrees'],
  ['right beside one that is ahead', 0, [[60, 5]], 'apart'],
  ['right beside one that is behind', 0, [[-60, 5]], 'apart'],
  ['ahead beside one that is right', 60, [[0, 5]], 'stands_back'],
  ['behind beside one that is right', -60, [[0, 5]], 'stands_back'],
  ['as far ahead as the other is behind: the later one', 60, [[-60, 5]], 'stands_back'],
  ['as far behind as the other is ahead: the earlier one', -60, [[60, 5]], 'apart'],
  ['nearly as far behind', -61, [[60, 5]], 'apart'],
  ['wrong beside one that is as wrong', 60, [[61, 5]], 'apart'],
  ['wrong beside one that is gone', 60, [[0, 151]], 'apart'],
  ['wrong beside one whose row lies ahead, but not far', 60, [[0, -100]], 'stands_back'],
  [
    'the middle one of three',
    5,
    [
      [0, 5],
      [60, 5],
    ],
    'stands_back',
  ],
])('%s', (_name, own, others, kind) => {
  const measured = others.map(([ahead, age], at) => ({
    ...{ id: `own_${at}`, ahead: ahead * SECOND, measuredAt: T - age * SECOND },
  }));
  const clock = { id: 'own', ahead: own * SECOND, measuredAt: T };
  expect(judgeClockSkew(clock, [clock, ...measured], T).kind).toBe(kind);
});

it('leaves one of any three to send', () => {
  const clocks = [-61, -60, -3, -1, 0, 2, 5, 59, 60, 63].map((ahead, at) => ({
    ...{ id: `c${at}`, ahead: ahead * SECOND, measuredAt: T },
  }));
  for (const a of clocks)
    for (const b of clocks)
      for (const c of clocks) {
        const three = [a, b, c];
        expect(three.some((one) => judgeClockSkew(one, three, T).kind !== 'stands_back')).toBe(
          true,
        );
      }
});

it('says by how much, and what follows', () => {
  const own = { id: 'a', ahead: 60 * SECOND, measuredAt: T };
  const other = { id: 'b', ahead: -MINUTE, measuredAt: T };
  expect(judgeClockSkew(own, [other], T)).toMatchObject({
    words:
      'The clock of this console’s machine is 60.0 s ahead of the database’s. The clock of another console’s machine is 120.0 s behind this one’s. This console sends nothing; the other does.',
  });
});
