import type { StripeEvent } from '#app/integrations/stripe/webhook.ts';
import type { RemedyDeps, StaffRemedyDeps } from '#app/services/deps.ts';
import { withdrawRequest } from '#app/services/requests/lifecycle/withdraw-request.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import type { Charge, Refund, StoredEvent } from '#scripts/sandbox/stripe/entities.ts';
import { settleDue } from '#scripts/sandbox/stripe/refund-life.ts';
import { entry } from '#tests/factories/records.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { openNearStripe } from '#tests/reliability/scenarios/near-stripe.ts';
import { signedIn } from '#tests/reliability/scenarios/people.ts';
import type { PersonName } from '#tests/reliability/scenarios/people.ts';

export const CAPTURED = 900;
export const CREDITS = 1_000;

/** The console's process ended here. */
export class Crash extends Error {}

/** A console that can be crashed, with a customer and two charges of its own. */
export class RealConsole {
  readonly customerId: string;
  readonly charges: readonly [string, string];
  /** By number of the wish. */
  readonly requests: string[] = [];
  readonly deps: RemedyDeps;
  crashes = 0;
  /** Tries at Stripe that were not answered with what they did. */
  struck = 0;
  private readonly people = new Map<PersonName, StaffRemedyDeps>();
  private pointsLeft = Infinity;
  private lives = 0;

  constructor(
    readonly world: MoneyWorld,
    run: string,
  ) {
    this.customerId = `org_${run}`;
    this.charges = [`ch_${run}a`, `ch_${run}b`];
    this.deps = {
      ...world,
      stripe: openNearStripe(world.sandbox.server),
      owner: `${run}_0`,
      point: () => {
        this.pointsLeft -= 1;
        if (this.pointsLeft <= 0) throw new Crash('the process has ended');
      },
    };
  }

  as(name: PersonName): StaffRemedyDeps {
    const known = this.people.get(name);
    if (known) return known;
    const { stripe } = this.deps;
    const app = { ...signedIn(this.world, this.world.sandbox.url, name), stripe };
    this.people.set(name, app);
    return app;
  }
  /** Does something until it is done or the process ends at a point; then another process is there. */
  async until(crashAt: number | null, work: () => Promise<unknown>): Promise<void> {
    this.pointsLeft = crashAt ?? Infinity;
    try {
      await work();
    } catch (error) {
      if (!isCrash(error)) throw error;
      this.crashes += 1;
      this.lives += 1;
      Object.assign(this.deps, { owner: `${this.customerId}_${this.lives}` });
    } finally {
      this.pointsLeft = Infinity;
    }
  }

  async begin(): Promise<void> {
    const { world, customerId } = this;
    const at = world.now();
    await world.charge(this.charges[0], customerId, CAPTURED, at);
    await world.charge(this.charges[1], customerId, CAPTURED, at);
    const brought = this.charges.map((paymentId, nth) =>
      entry({
        ...{ id: `led_${paymentId}`, customerId, paymentId, kind: 'purchase', credits: CREDITS },
        ...{ occurredAt: at, sequence: nth },
      }),
    );
    world.product.product.takeBook(brought);
    await world.store.write((tx) => saveRecords(tx, brought));
  }

  chargeAt(nth: number): Charge {
    const charge = this.world.sandbox.world.get('charge', this.charges[nth % 2] ?? '');
    if (!charge) throw new Error('no such charge');
    return charge;
  }

  refunds(): Refund[] {
    // As whoever asked Stripe now would find them.
    settleDue(this.world.sandbox.world);
    const mine: readonly string[] = this.charges;
    return this.world.sandbox.world.all('refund').filter(({ charge }) => mine.includes(charge));
  }

  standing = (nth: number): number =>
    this.refunds()
      .filter(({ charge, status }) => charge === this.charges[nth % 2] && !isReversed(status))
      .reduce((sum, { amount }) => sum + amount, 0);

  shows = (wish: number): boolean =>
    this.refunds().some(({ metadata }) => metadata['request'] === this.requests[wish]);

  /** Everything that has happened at Stripe in this run, as its events tell it. */
  events(): StripeEvent[] {
    return this.world.sandbox.world.all('event').map(toEvent);
  }

  /** Takes back what is still open, so that no later run meets it. */
  async retire(): Promise<void> {
    const app = this.as('agent');
    for (const requestId of this.requests)
      await withdrawRequest(app, { requestId, reason: 'The run is over.' });
  }

  /** Forgets what Stripe held, so that the next run is not slower than this one. */
  end(): void {
    const { world: stripe, server } = this.world.sandbox;
    for (const kind of ['refund', 'charge', 'event'] as const)
      for (const { id } of stripe.all(kind)) stripe.drop(kind, id);
    stripe.posts.length = 0;
    stripe.keys.clear();
    server.script.clear();
    this.world.product.faults.length = 0;
  }
}

const isCrash = (error: unknown): boolean =>
  error instanceof Crash || (error instanceof AggregateError && error.errors.every(isCrash));

export const toEvent = ({ id, type, created, snapshot }: StoredEvent): StripeEvent => {
  // What the sandbox renders of a refund or a charge.
  const { object, id: about, charge } = snapshot as { object: string; id: string; charge?: string };
  const chargeId = object === 'charge' ? about : (charge ?? null);
  return {
    id,
    type,
    createdAt: created * 1_000,
    object: { kind: object, id: about, chargeId, paymentIntentId: null },
  };
};
