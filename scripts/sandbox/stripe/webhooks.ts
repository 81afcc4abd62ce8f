import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { StoredEvent } from '#scripts/sandbox/stripe/entities.ts';
import { eventObject } from '#scripts/sandbox/stripe/resources/listings.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

export interface Endpoint {
  url: string;
  /** Signs with each of them: two while one is being replaced. */
  secrets: readonly string[];
}

/**
 * The `Stripe-Signature` header of a body sent at `seconds`.
 * @internal
 */
export const signatureHeader = (
  body: string,
  secrets: readonly string[],
  seconds: number,
): string =>
  [
    `t=${seconds}`,
    ...secrets.map(
      (secret) => `v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`,
    ),
  ].join(',');

const about = z.looseObject({ id: z.string(), object: z.string(), charge: z.string().nullish() });

/** The charge that an event is about, where it is about one. */
const chargeOf = ({ snapshot }: StoredEvent): string | null => {
  const { id, object, charge } = about.safeParse(snapshot).data ?? {};
  return (object === 'charge' ? id : charge) ?? null;
};

const RETRY_AFTER_MS = [1_000, 5_000, 30_000];

/**
 * Delivers events to an endpoint: at once and again after a failure, or, held, when it is told to, as
 * often and in whatever order.
 */
export class Webhooks {
  endpoint: Endpoint | null = null;
  /** Keeps events back until `deliver` is called. */
  held = false;
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(private readonly world: World) {
    world.onEvent = (event) => {
      if (this.endpoint && !this.held) this.track(this.attempt(event, 0));
    };
  }

  /** Sends one event once. The status of the answer; 0: none came. */
  async send(event: StoredEvent): Promise<number> {
    if (!this.endpoint || this.world.isSilent(chargeOf(event))) return 0;
    const body = JSON.stringify(eventObject(event, 1));
    try {
      const answer = await fetch(this.endpoint.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'stripe-signature': signatureHeader(body, this.endpoint.secrets, this.world.seconds()),
        },
        body,
        signal: AbortSignal.timeout(10_000),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }

  /** Delivers events by hand, in this order, one after another. */
  async deliver(events: readonly StoredEvent[]): Promise<number[]> {
    const statuses: number[] = [];
    for (const event of events) statuses.push(await this.send(event));
    return statuses;
  }

  private async attempt(event: StoredEvent, tries: number): Promise<void> {
    const status = await this.send(event);
    const pause = RETRY_AFTER_MS[tries];
    if ((status >= 200 && status < 300) || pause === undefined) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.track(this.attempt(event, tries + 1));
    }, pause);
    timer.unref();
    this.timers.add(timer);
  }

  private track(promise: Promise<unknown>): void {
    this.underWay.add(promise);
    void promise.finally(() => this.underWay.delete(promise));
  }

  /** Ends when every delivery that is under way has its answer. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    this.endpoint = null;
    await this.idle();
  }
}
