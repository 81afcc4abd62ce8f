import { vi } from 'vitest';
import type { BookRecord } from '#app/domain/book/records.ts';
import { parseLine } from '#app/domain/book/parse-line.ts';
import type { Instant } from '#app/lib/instant.ts';
import { createClock } from '#app/lib/clock.ts';
import type { Delivered } from '#scripts/sandbox/mail/start-mail.ts';
import { SANDBOX_SECRET } from '#scripts/sandbox/product-api/start-product-api.ts';
import { startSandbox } from '#scripts/sandbox/start-sandbox.ts';
import type { Sandbox } from '#scripts/sandbox/start-sandbox.ts';
import { command, stateOf } from '#scripts/sandbox/stripe/controls.ts';
import type { Dispute, Refund } from '#scripts/sandbox/stripe/entities.ts';
import type { FaultScript } from '#scripts/sandbox/stripe/faults.ts';

const WEBHOOK_SECRET = 'whsec_k3Jx9Qm2Vb7Tn5Rw8Zy4';
/** For what a console's sender, its outbox or a browser does within seconds. */
const PATIENCE = { timeout: 20_000, interval: 50 };

/** What a test may do to the outside of a running console, and see of it. */
export interface SandboxHands {
  /** Everything else: `stripe.world`, `product.product`, `mail.faults` … */
  sandbox: Sandbox;
  /** Stripe's refunds, all or of one charge, oldest first. */
  refunds: (chargeId?: string) => Refund[];
  /** Charges that gave back more than they took: always empty. */
  overRefunded: () => { charge: string; captured: number; refunded: number }[];
  /** Somebody refunds in Stripe's dashboard; without an amount all that is left, in minor units. */
  refundInDashboard: (chargeId: string, amount?: number) => Promise<Refund>;
  /** The bank disputes a charge: by default one that can no longer be refunded. */
  dispute: (
    chargeId: string,
    change?: { status?: string; refundable?: boolean },
  ) => Promise<Dispute>;
  /** A refund comes to its end. A succeeded one can still fail. */
  endRefund: (refundId: string, end: 'succeed' | 'fail' | 'cancel') => Promise<Refund>;
  /** Says how the next matching request goes: `{ fault: 'pending', charge: 'ch_1' }`. */
  faultNext: FaultScript['add'];
  /** The mails delivered, oldest first. */
  mails: () => readonly Delivered[];
  /** Waits for the refund of a charge that meets `test`. */
  refundOf: (chargeId: string, test?: (refund: Refund) => boolean) => Promise<Refund>;
  /** Waits for the mail whose subject matches. */
  mail: (subject: RegExp) => Promise<Delivered>;
}

/** Lines as records; throws at one that is none. */
const recordsOf = (book: readonly object[]): BookRecord[] =>
  book.map((line) => {
    const parsed = parseLine(JSON.stringify(line));
    if ('ok' in parsed) return parsed.ok;
    throw new Error(`no record: ${JSON.stringify(line)}`);
  });

const found = async <T>(look: () => T | undefined, what: string): Promise<T> =>
  vi.waitFor(() => {
    const seen = look();
    if (seen === undefined) throw new Error(`${what} has not come`);
    return seen;
  }, PATIENCE);

const handsOn = (sandbox: Sandbox): SandboxHands => {
  const { stripe, mail } = sandbox;
  const order = async <T>(path: string, body: object): Promise<T> =>
    // Each of these commands answers with the row that it made or changed.
    (await command(stripe, { method: 'POST', path, body })) as T;
  const refunds = (only?: string): Refund[] => stateOf(stripe.server, only ?? null).refunds;
  return {
    sandbox,
    refunds,
    overRefunded: () => stateOf(stripe.server, null).overRefunded,
    refundInDashboard: (charge, amount) =>
      order('dashboard-refund', { charge, ...(amount === undefined ? {} : { amount }) }),
    dispute: (charge, change = {}) => order('disputes', { charge, ...change }),
    endRefund: (id, end) => order(`refunds/${id}/${end}`, {}),
    faultNext: (rule) => stripe.server.script.add(rule),
    mails: () => mail.delivered,
    refundOf: (charge, test = () => true) =>
      found(() => refunds(charge).find((refund) => test(refund)), `a refund of ${charge}`),
    mail: (subject) =>
      found(
        () => mail.delivered.findLast(({ headers }) => subject.test(headers['subject'] ?? '')),
        `a mail “${subject.source}”`,
      ),
  };
};

export interface SandboxOfConsole {
  hands: SandboxHands;
  /** The settings of a console that works with it. */
  env: Record<string, string>;
  /** Its clock stands until now, and runs from here on, as the console's own does. */
  startClock: () => void;
}

/**
 * A local Stripe and product API that agree with the book, and a mail server, for a console that listens
 * at `consoleUrl` and whose clock starts at `now`. Stripe's events are delivered to it.
 */
export const sandboxOfConsole = async (
  book: readonly object[],
  { now, consoleUrl }: { now: Instant; consoleUrl: string },
): Promise<SandboxOfConsole> => {
  let clock = (): Instant => now;
  const sandbox = await startSandbox({
    records: recordsOf(book),
    now: () => clock(),
    webhook: { url: `${consoleUrl}/webhooks/stripe`, secrets: [WEBHOOK_SECRET] },
  });
  return {
    hands: handsOn(sandbox),
    env: {
      STRIPE_API_BASE: sandbox.stripe.url,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      PRODUCT_API_URL: sandbox.product.url,
      PRODUCT_API_SECRET: SANDBOX_SECRET,
      SMTP_URL: sandbox.mail.url,
      MAIL_FROM: 'support@demo.test',
      DEMO_MAIL_URL: sandbox.mailPage,
    },
    startClock: () => {
      clock = createClock(now);
    },
  };
};
