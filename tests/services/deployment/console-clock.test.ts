import { expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import { ConsoleClock } from '#app/services/deployment/console-clock.ts';
import { T } from '#tests/factories/records.ts';

/** A machine at `T` and a database; each may be set, and time goes by for both. */
const scene = (own = (machine: number) => machine) => {
  const set = { machine: T, database: T, elapsed: 0, trip: 0 };
  const go = (ms: number): void => {
    set.machine += ms;
    set.database += ms;
    set.elapsed += ms;
  };
  const clock = new ConsoleClock({
    ...{ own: () => own(set.machine), machine: () => set.machine, elapsed: () => set.elapsed },
    databaseNow: async () => {
      go(set.trip / 2);
      const at = set.database;
      go(set.trip / 2);
      return at;
    },
  });
  return { set, go, clock };
};

it.each([MINUTE, -MINUTE, 200])('a machine %d ms ahead goes by the database', async (ahead) => {
  const { set, clock } = scene();
  set.machine += ahead;
  set.trip = 40;
  expect(await clock.measure()).toMatchObject({ ahead });
  expect(clock.now()).toBe(set.database);
});

it('a clock begun elsewhere is shifted by what the machine is off', async () => {
  const { set, clock } = scene((machine) => machine + 24 * HOUR);
  set.machine += MINUTE;
  await clock.measure();
  expect(clock.now()).toBe(set.database + 24 * HOUR);
});

it('what is off by less than a tenth of a second stays, and so does what cannot be told', async () => {
  const { set, clock } = scene();
  set.machine += 90;
  await clock.measure();
  expect(clock.now()).toBe(set.machine);
  set.machine += MINUTE;
  set.trip = 5 * SECOND;
  expect(await clock.measure()).toBeNull();
  expect(clock.now()).toBe(set.machine);
});

it('nothing is taken up after a jump, until leases of before are over', async () => {
  const { set, go, clock } = scene();
  await clock.measure();
  expect(clock.sends(30 * SECOND)).toBe(true);
  set.database += HOUR;
  await clock.measure();
  expect(clock.now()).toBe(set.database);
  go(MINUTE + 29 * SECOND);
  expect(clock.sends(30 * SECOND)).toBe(false);
  go(SECOND);
  expect(clock.sends(30 * SECOND)).toBe(true);
  expect(clock.sends(5 * MINUTE)).toBe(false);
});
