import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, toIso } from '#app/lib/instant.ts';
import { flag, flagEvent } from '#db/schema/flag.ts';
import { isAboutNow, readCommand } from '#scripts/sweep/options.ts';
import { entry, invoiced, paid, T } from '#tests/factories/records.ts';
import { sweepWorld } from '#tests/support/sweep-world.ts';
import type { SweepWorld } from '#tests/support/sweep-world.ts';

/** The command as a person runs it, with the clock starting an hour after T. */
const run = async (world: SweepWorld, ...args: string[]) => {
  const { databaseUrl } = world;
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/sweep.ts', ...args], {
    // The test runner has a BASE_URL of its own; empty counts as absent.
    env: {
      ...process.env,
      BASE_URL: '',
      DATABASE_URL: databaseUrl,
      REDRESS_NOW: toIso(T + HOUR),
    },
  });
  const status = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { stdout, stderr, status: await status };
};

const book = [
  entry({ id: 'le_0', kind: 'adjustment', credits: 100, occurredAt: T - HOUR }),
  invoiced({ id: 'in_1', paymentIds: ['ch_1', 'ch_2'] }),
  paid({ id: 'ch_1' }),
  paid({ id: 'ch_2', customerId: 'org_2', credits: null }),
  paid({ id: 'ch_3', customerId: 'org_2', credits: null, capturedAt: T + MINUTE }),
];
const flagsIn = (world: SweepWorld) => world.store.read.select().from(flag);

describe('npm run sweep', () => {
  it('--json prints findings with their fields in order, and settles', async () => {
    const world = await sweepWorld();
    await world.put(...book);
    const { stdout, stderr, status } = await run(world, '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toEqual([
      '{"rule":"missing-credits","customerId":"org_1","subject":"payment:ch_1","severity":"high","confidence":"confirmed","credits":5000,"since":"2026-05-04T12:00:00.000Z","evidence":["payment:ch_1"]}',
      '{"rule":"duplicate-charge","customerId":"org_2","subject":"payment:ch_3","severity":"low","confidence":"possible","amount":4900,"currency":"usd","since":"2026-05-04T12:01:00.000Z","evidence":["payment:ch_3","payment:ch_2"]}',
    ]);
    expect(await flagsIn(world)).toHaveLength(2);
  });

  it('settles nothing by another time, nor when it is dry', async () => {
    const world = await sweepWorld();
    await world.put(...book);
    const past = await run(world, '--as-of', toIso(T + 15 * MINUTE), '--customer', 'org_1');
    expect(past).toMatchObject({ status: 0, stderr: '' });
    expect(past.stdout).toMatch(
      /1 +high +Missing credits\n1 customer, 1 finding, .*No flags were settled/,
    );
    const dry = await run(world, '--dry-run', '--json', '--as-of', '2026-05-04T13:10:00+00:00');
    expect(dry.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(await flagsIn(world)).toEqual([]);
  });

  it('names what is wrong with its command line', async () => {
    const world = await sweepWorld();
    const bad = await run(world, '--as-of', 'yesterday', '--json');
    expect(bad).toMatchObject({ status: 1, stdout: '' });
    expect(bad.stderr).toContain('--as-of must be an instant');
    const unknown = await run(world, '--customer', 'org_9', '--json');
    expect(unknown).toMatchObject({ status: 1, stdout: '' });
    expect(unknown.stderr).toContain('no record mentions the customer "org_9"');
  });

  it('run three times at once opens each flag once', async () => {
    const world = await sweepWorld();
    const customers = Array.from({ length: 60 }, (_, i) => `org_${i}`);
    await world.put(
      ...book.slice(0, 2),
      ...customers.map((customerId, i) => paid({ id: `ch_${i}`, customerId })),
    );
    const runs = await Promise.all([run(world), run(world), run(world)]);
    expect(runs.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
      runs.map(() => ({ status: 0, stderr: '' })),
    );
    const flags = await flagsIn(world);
    const events = await world.store.read.select().from(flagEvent);
    expect(flags).toHaveLength(60);
    expect(events.map(({ flagId }) => flagId).toSorted()).toEqual(
      flags.map(({ id }) => id).toSorted(),
    );
  });
});

describe('its command line', () => {
  it.each([
    ['2026-05-03', null],
    ['2026-05-03T09:12:44', null],
    ['2026-02-30T00:00:00Z', null],
    ['2026-05-03T24:00:00Z', null],
    ['', null],
    ['2026-05-03T09:12Z', Date.UTC(2026, 4, 3, 9, 12)],
    ['2026-05-03T11:12:44.1209+02:00', Date.UTC(2026, 4, 3, 9, 12, 44, 120)],
  ])('--as-of %j', (given, instant) => {
    const read = () => readCommand(['--as-of', given]).asOf;
    if (instant === null) expect(read).toThrow('--as-of must be an instant with Z or an offset');
    else expect(read()).toBe(instant);
  });

  it.each([['--as'], ['--customer'], ['org_1'], ['--json=1']])('%s is refused', (arg) => {
    expect(() => readCommand([arg])).toThrow();
  });

  it('flags are settled by now, or by a time within the last minute', () => {
    expect([undefined, T, T - MINUTE + 1].map((asOf) => isAboutNow(asOf, T))).not.toContain(false);
    expect([T + 1, T - MINUTE].map((asOf) => isAboutNow(asOf, T))).not.toContain(true);
  });
});
