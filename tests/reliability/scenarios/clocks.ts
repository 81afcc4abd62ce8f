import { HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { ConsoleClock } from '#app/services/deployment/console-clock.ts';
import { compareClocks } from '#app/services/deployment/clock-skew-job.ts';
import type { ClockDeps } from '#app/services/deployment/clock-skew-job.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { findOperation } from '#db/queries/operations/operations.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

/** What would be alarmed on. */
const DELAYED = 5 * MINUTE;
const LOOK_EVERY = 10 * SECOND;
/** How the database's clock is set between refunds. */
const STEPS = [0, 90 * SECOND, -90 * SECOND, HOUR, -HOUR];

interface Console extends ClockDeps {
  deps: RemedyDeps;
  said: string[];
}

/** The world's clock is the true one; the database's and the consoles' differ from it. */
class Scene {
  readonly violations: string[] = [];
  databaseAhead = 0;
  runs = 0;

  constructor(readonly world: MoneyWorld) {}

  console(id: string, ahead: number, point: RemedyDeps['point'] = () => undefined): Console {
    const { world } = this;
    const own = (): Instant => world.now() + ahead;
    const clock = new ConsoleClock({
      ...{ own, machine: own, elapsed: world.now },
      databaseNow: async () => world.now() + this.databaseAhead,
    });
    const said: string[] = [];
    const say = (_what: object, message: string): void => void said.push(message);
    const { now, sends } = clock;
    return {
      ...{ store: world.store, clock, id, said, log: { info: say, warn: say, error: say } },
      deps: { ...world, now, sends, owner: id, point },
    };
  }

  expect(holds: boolean, what: string): void {
    this.runs += 1;
    if (!holds) this.violations.push(what);
  }

  async approve(by: { now: () => Instant }, charge: string): Promise<Operation> {
    await this.world.charge(charge);
    return approvedRefund({ ...this.world, now: by.now }, { paymentId: charge });
  }

  made(charge: string): number {
    return this.world.sandbox.world.all('refund').filter((one) => one.charge === charge).length;
  }

  /** Both look until all is sent, measuring every minute, half a minute after each other. */
  async settle(consoles: readonly Console[], steps: readonly Operation[]): Promise<void> {
    const { world } = this;
    const begun = world.now();
    for (let turn = 0; world.now() - begun <= DELAYED; turn += 1) {
      for (const [at, one] of consoles.entries())
        if ((turn + 3 * at) % 6 === 5) await compareClocks(one);
      await Promise.all(
        consoles.map(({ deps }) => processDueOperations(deps).catch(() => undefined)),
      );
      const states = await Promise.all(steps.map(({ id }) => findOperation(world.store.read, id)));
      if (states.every((step) => step?.state === 'succeeded')) break;
      world.advance(LOOK_EVERY);
    }
    for (const { id, paymentId } of steps) {
      const step = await findOperation(world.store.read, id);
      const charge = paymentId ?? '';
      this.expect(step?.state === 'succeeded', `${charge} is delayed: ${step?.state}`);
      this.expect(this.made(charge) === 1, `${charge} was refunded ${this.made(charge)} times`);
    }
  }
}

/** Two consoles a minute ahead and behind, one approval dated six hours ahead, and the database's clock set. */
async function apart(scene: Scene): Promise<void> {
  const { world } = scene;
  let dies = false;
  const point = (name: string): void => {
    if (!dies || (name !== 'answered' && name !== 'letting-go')) return;
    if (name === 'letting-go') dies = false;
    throw new Error('the process has ended');
  };
  const ahead = scene.console('con_ahead', MINUTE);
  const behind = scene.console('con_behind', -MINUTE, point);
  for (const one of [ahead, behind, ahead]) await compareClocks(one);
  scene.expect(ahead.clock.verdict.kind === 'stands_back', 'the later one sends');
  scene.expect(behind.clock.verdict.kind === 'apart', 'nobody sends');
  for (const { said, id } of [ahead, behind]) scene.expect(said.length > 0, `${id} says nothing`);
  for (const [nth, step] of STEPS.entries()) {
    const six = { now: () => world.now() + 6 * HOUR };
    const steps = await Promise.all([
      scene.approve(ahead.deps, `ch_${nth}_ahead`),
      scene.approve(behind.deps, `ch_${nth}_behind`),
      scene.approve(six, `ch_${nth}_six`),
    ]);
    // Whoever sends dies between the answer and its record, and another looks for what it did.
    dies = true;
    await processDueOperations(behind.deps).catch(() => undefined);
    dies = false;
    scene.databaseAhead = step;
    await scene.settle([ahead, behind], steps);
  }
}

/** The database's clock is set forward while a refund is about to leave: its lease is not over for anybody. */
async function stepped(scene: Scene): Promise<void> {
  const { world } = scene;
  scene.databaseAhead = 0;
  world.advance(10 * MINUTE);
  const other = scene.console('con_other', 0);
  const slow = scene.console('con_slow', 0, async (name) => {
    if (name !== 'send-recorded') return;
    scene.databaseAhead = HOUR;
    await compareClocks(other);
    const { steps } = await processDueOperations(other.deps);
    scene.expect(steps === 0, 'took up what another holds');
  });
  for (const one of [slow, other, slow]) await compareClocks(one);
  scene.expect(slow.clock.verdict.kind === 'agrees', 'the clocks do not agree');
  const step = await scene.approve(slow.deps, 'ch_stepped');
  await processDueOperations(slow.deps);
  await scene.settle([slow, other], [step]);
}

/**
 * X6: two consoles a minute off either way, an approval six hours ahead, a database whose clock is set to and
 * fro. Nothing is sent twice, nothing is delayed, and it is said. The Stripe of it should enforce nothing.
 */
export const clocks = async (world: MoneyWorld): Promise<Figure> => {
  const scene = new Scene(world);
  await apart(scene);
  await stepped(scene);
  const { violations, runs } = scene;
  return { name: 'X6 clocks apart', runs, faults: 2 * STEPS.length, violations, seed: null };
};
