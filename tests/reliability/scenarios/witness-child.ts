/*
 * One battery against the sources beside this file, which may have a bug planted in them; prints its
 * figure. Started by mutation-check with its orders as JSON.
 */
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { WITNESSES } from '#tests/reliability/scenarios/witnesses.ts';
import type { WitnessName } from '#tests/reliability/scenarios/witnesses.ts';

export interface WitnessOrders {
  databaseUrl: string;
  witness: WitnessName;
}

// Given by mutation-check, which is the only one to start this.
const { databaseUrl, witness } = JSON.parse(process.argv[2] ?? '{}') as WitnessOrders;
const { run, ...settings } = WITNESSES[witness];
const world = await openMoneyWorld({ databaseUrl, ...settings });
process.stdout.write(`${JSON.stringify(await run(world))}\n`);
process.exit(0);
