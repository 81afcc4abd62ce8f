import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';
import type { RemedyDeps, StaffRemedyDeps } from '#app/services/deps.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import { entriesNaming } from '#db/queries/requests/record-remedies.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Refund } from '#scripts/sandbox/stripe/entities.ts';
import { entry, generated } from '#tests/factories/records.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { openNearStripe } from '#tests/reliability/scenarios/near-stripe.ts';
import { signedIn } from '#tests/reliability/scenarios/people.ts';
import type { PersonName } from '#tests/reliability/scenarios/people.ts';
import { BOUGHT, CHARGED, PRICE } from '#tests/reliability/scenarios/remedies/acts.ts';
import type { Wish } from '#tests/reliability/scenarios/remedies/acts.ts';
import { requestsOfCustomer } from '#tests/support/requests-of-customer.ts';

export interface Came {
  /** For the payment, net. */
  payment: number;
  /** Of these, what people gave to put it right. */
  given: number;
  /** What the product has delivered for it by itself. */
  delivered: number;
  /** Net of the generation: below 0 is what it costs. */
  generation: number;
}

/** Enough to take from, whatever is taken. */
const SAVED = 40_000;

/** One customer with one payment and one failed generation, at Stripe, at the product and in the book. */
export class Account {
  readonly customerId: string;
  readonly paymentId: string;
  readonly generationId: string;
  readonly deps: RemedyDeps;
  private readonly people = new Map<PersonName, StaffRemedyDeps>();
  /** By request: what had been delivered when it was asked for or last changed. */
  readonly deliveredWhenAsked = new Map<string, number>();
  private posted = 0;

  constructor(
    readonly world: MoneyWorld,
    name: string,
  ) {
    this.customerId = `org_${name}`;
    this.paymentId = `ch_${name}`;
    this.generationId = `gen_${name}`;
    this.deps = { ...world, stripe: openNearStripe(world.sandbox.server) };
  }

  as(name: PersonName): StaffRemedyDeps {
    const known = this.people.get(name);
    if (known) return known;
    const { stripe } = this.deps;
    const app = { ...signedIn(this.world, this.world.sandbox.url, name), stripe };
    this.people.set(name, app);
    return app;
  }

  async begin(came: number): Promise<void> {
    const { world, customerId, generationId: id } = this;
    await world.charge(this.paymentId, customerId, PRICE, world.now());
    const failed = generated({ id, customerId, status: 'failed', startedAt: world.now() });
    await world.store.write((tx) => saveRecords(tx, [failed]));
    await this.post({ kind: 'adjustment', credits: SAVED });
    await this.post({ kind: 'usage', credits: -CHARGED, generationId: id });
    if (came > 0) await this.post({ kind: 'purchase', credits: came, paymentId: this.paymentId });
  }

  /** The product books something by itself, and the book learns of it. */
  async post(what: Omit<Parameters<typeof entry>[0], 'id'>): Promise<void> {
    const { world, customerId } = this;
    const id = `led_${customerId}_${(this.posted += 1)}`;
    const occurredAt = world.now();
    const booked = entry({ id, customerId, occurredAt, sequence: this.posted, ...what });
    world.product.product.takeBook([booked]);
    await world.store.write((tx) => saveRecords(tx, [booked]));
  }

  toAsked(wish: Wish): RemedyDraft {
    const { customerId, paymentId, generationId } = this;
    const shared = { customerId, reason: 'It is wrong.', flagId: null };
    if (wish.kind === 'refund')
      return {
        ...{ ...shared, kind: 'refund', paymentId, currency: 'usd', amount: wish.amount },
        ...{ ground: wish.ground, creditChoice: wish.choice, evidence: [`payment:${paymentId}`] },
      };
    const named =
      wish.kind === 'payment'
        ? { paymentId, generationId: null }
        : { paymentId: null, generationId };
    const { credits, cause } = wish;
    return { ...shared, kind: 'credit_adjustment', evidence: [], credits, cause, ...named };
  }

  requests = (): Promise<StoredRequest[]> =>
    requestsOfCustomer(this.world.store.read, this.customerId);

  refunds = (): Refund[] =>
    this.world.sandbox.world.all('refund').filter(({ charge }) => charge === this.paymentId);

  /** Minor units that are back with the customer or on their way. */
  refunded = (): number =>
    this.refunds().reduce((sum, { amount, status }) => sum + (isReversed(status) ? 0 : amount), 0);

  /** What is with the customer, in credits. */
  async came(steps: readonly Operation[]): Promise<Came> {
    const { ofPayments, ofGenerations } = await entriesNaming(this.world.store.read, {
      ...{ customerId: this.customerId, payments: [this.paymentId] },
      generations: [this.generationId],
    });
    const returned = new Set(
      steps
        .filter(({ body }) => body.includes('"refund_failed"'))
        .map(({ externalId }) => externalId),
    );
    const sum = (entries: typeof ofPayments): number =>
      entries.reduce((total, { credits }) => total + credits, 0);
    const gifts = ofPayments.filter(
      ({ id, kind, credits }) => kind === 'adjustment' && credits > 0 && !returned.has(id),
    );
    const payment = sum(ofPayments);
    return {
      payment,
      given: Math.max(0, Math.min(payment, sum(gifts))),
      delivered: sum(ofPayments.filter(({ kind }) => kind === 'purchase')),
      generation: sum(ofGenerations),
    };
  }

  /** Nobody meets it again. */
  end(): void {
    const { world: stripe } = this.world.sandbox;
    for (const kind of ['refund', 'charge', 'event'] as const)
      for (const { id } of stripe.all(kind)) stripe.drop(kind, id);
    stripe.posts.length = 0;
    stripe.keys.clear();
  }
}

/** Credits that the money kept pays for: stated anew, so that the console is not judged by itself. */
export const paidFor = (refunded: number): number =>
  Math.floor((BOUGHT * Math.max(0, PRICE - refunded)) / PRICE);
