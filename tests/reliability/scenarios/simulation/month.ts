import { DAY, HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { StripeUnavailableError } from '#app/integrations/stripe/errors.ts';
import { LOOKBACK } from '#app/services/reconciliation/enqueue-reconciliation.ts';
import { deliverMail } from '#app/services/mail/delivery/deliver-mail.ts';
import { expireRequests } from '#app/services/requests/lifecycle/expire-requests.ts';
import { handleWebhook } from '#app/services/stripe/handle-webhook.ts';
import { reconcile } from '#app/services/reconciliation/reconcile.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { pollPendingRefunds } from '#app/services/stripe/poll-pending-refunds.ts';
import { dueOperations } from '#db/queries/operations/operations.ts';
import type { StoredEvent } from '#scripts/sandbox/stripe/entities.ts';
import { toEvent } from '#tests/reliability/scenarios/model/real-console.ts';
import { Agenda } from '#tests/reliability/scenarios/simulation/agenda.ts';
import {
  dispute,
  failNow,
  outage,
  refundElsewhere,
} from '#tests/reliability/scenarios/simulation/mishaps.ts';
import { Office } from '#tests/reliability/scenarios/simulation/office.ts';
import { isMishap } from '#tests/reliability/scenarios/simulation/service.ts';
import type { Service } from '#tests/reliability/scenarios/simulation/service.ts';
import type { Charged } from '#tests/reliability/scenarios/simulation/verdict.ts';

/** Of a day, by 20 agents together. */
const ASKED_A_DAY = 4;
/** Long enough for every key to be forgotten and every request to expire. */
const QUIET_DAYS = 5;

/** A month of the service's life: what people, Stripe and the timers do, when chance has it. */
export class Month {
  readonly office: Office;
  private readonly agenda = new Agenda();
  private nextLook: Instant = Infinity;

  constructor(
    private readonly service: Service,
    private readonly charges: readonly Charged[],
  ) {
    this.office = new Office(service, charges, this.agenda, () => this.look());
  }

  private get now(): Instant {
    return this.service.world.now();
  }

  /** Lives through so many days, and then through some in which nothing goes wrong any more. */
  async run(days: number): Promise<void> {
    const { service } = this;
    const { world, server } = service.world.sandbox;
    const from = this.now;
    world.onEvent = (event) => this.deliver(event);
    for (let day = 0; day < days; day += 1) this.planDay(from + day * DAY);
    await this.until(from + days * DAY);
    service.calm = true;
    server.script.clear();
    for (let day = 0; day < QUIET_DAYS; day += 1) this.planTimers(this.now + day * DAY);
    await this.until(this.now + QUIET_DAYS * DAY);
    world.onEvent = () => undefined;
  }

  private async until(end: Instant): Promise<void> {
    const { world } = this.service;
    for (let next = this.agenda.take(end); next; next = this.agenda.take(end)) {
      world.advance(Math.max(0, next.at - this.now));
      try {
        await next.act();
      } catch (error) {
        if (!isMishap(error)) this.office.wrong.push(wordsOf(error));
      }
    }
    world.advance(Math.max(0, end - this.now));
  }

  private planDay(day: Instant): void {
    const { service, agenda, charges } = this;
    const { chance } = service;
    const atWork = (): Instant => day + chance.whole(7 * 60, 19 * 60) * MINUTE;
    this.planTimers(day);
    for (let nth = 0; nth < ASKED_A_DAY; nth += 1) agenda.add(atWork(), () => this.office.ask());
    if (chance.happens(0.3)) agenda.add(atWork(), () => refundElsewhere(service, charges));
    if (chance.happens(0.1)) agenda.add(atWork(), () => dispute(service, charges));
    if (chance.happens(0.2)) agenda.add(atWork(), () => outage(service, agenda));
  }

  private planTimers(day: Instant): void {
    for (let hour = 0; hour < 24; hour += 3)
      this.agenda.add(day + hour * HOUR, () => this.timers());
    this.agenda.add(day + 4 * HOUR, () => this.compare());
  }

  /** Wakes the sender at an instant, unless it wakes before that anyway. */
  private look(at: Instant = this.now): void {
    if (this.nextLook <= at) return;
    this.nextLook = at;
    this.agenda.add(at, async () => {
      if (this.nextLook !== at) return;
      this.nextLook = Infinity;
      failNow(this.service);
      await processDueOperations(this.service.deps).finally(() => this.lookAgain());
    });
  }

  /** When the next step is due, as the sender's own look every second would find it. */
  private async lookAgain(): Promise<void> {
    const [next] = await dueOperations(this.service.world.store.read, this.now + 30 * DAY, 1);
    if (!next) return;
    const due = Math.max(next.nextTryAt, next.leaseUntil ?? 0);
    this.look(Math.max(this.now + 5 * SECOND, due));
  }

  private async timers(): Promise<void> {
    const { deps, mail } = this.service;
    try {
      await expireRequests(deps);
      await pollPendingRefunds(deps);
      await deliverMail({ ...deps, mail });
    } finally {
      await this.lookAgain();
    }
  }

  private async compare(): Promise<void> {
    failNow(this.service);
    await reconcile(this.service.deps, this.now - LOOKBACK).catch(unlessTrouble);
  }

  /** An event of Stripe arrives some time later, sometimes twice, sometimes never. */
  private deliver(event: StoredEvent): void {
    const { chance } = this.service;
    if (chance.happens(0.1)) return;
    const times = chance.happens(0.2) ? 2 : 1;
    for (let nth = 0; nth < times; nth += 1)
      this.agenda.add(this.now + chance.whole(1, 7_200) * SECOND, () => this.hear(event));
  }

  private async hear(event: StoredEvent): Promise<void> {
    try {
      await handleWebhook(this.service.deps, toEvent(event));
      await this.lookAgain();
    } catch (error) {
      if (!isMishap(error)) unlessTrouble(error);
      // Not answered with 200: Stripe delivers it again.
      this.agenda.add(this.now + HOUR, () => this.hear(event));
    }
  }
}

const unlessTrouble = (error: unknown): void => {
  if (!(error instanceof StripeUnavailableError)) throw error;
};

const wordsOf = (error: unknown): string =>
  error instanceof AggregateError ? error.errors.map(String).join('; ') : String(error);
