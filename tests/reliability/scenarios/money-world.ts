import { assertNotWriting, openStore } from '#db/store.ts';
import type { Store } from '#db/store-types.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { isIntentId } from '#app/domain/book/payment-ids.ts';
import type { Payment } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';
import { createProductApi } from '#app/integrations/product-api/create-product-api.ts';
import { createStripe } from '#app/integrations/stripe/create-stripe.ts';
import { createIds } from '#app/lib/ids.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import { SANDBOX_SECRET, startProductApi } from '#scripts/sandbox/product-api/start-product-api.ts';
import type { RunningProduct } from '#scripts/sandbox/product-api/start-product-api.ts';
import { SANDBOX_KEY, startStripe } from '#scripts/sandbox/stripe/start-stripe.ts';
import type { RunningStripe } from '#scripts/sandbox/stripe/start-stripe.ts';
import type { Carelessness } from '#scripts/sandbox/stripe/world.ts';
import { chargeIdOf } from '#scripts/sandbox/stripe/objects/charge.ts';
import { T, paid } from '#tests/factories/records.ts';
/** Milliseconds until an outcome counts as unknown: short, because some faults never answer. */
export const TIMEOUT = 250;

export interface MoneyWorld extends RemedyDeps {
  store: Store;
  databaseUrl: string;
  sandbox: RunningStripe;
  product: RunningProduct;
  productUrl: string;
  /** Moves the clock of the console and of the sandbox. */
  advance(milliseconds: number): void;
  /** A captured charge, of $49.00 and at T unless said otherwise, at Stripe and in the book. */
  charge(
    id: string,
    customerId?: string,
    amount?: number,
    at?: Instant,
    more?: Pick<Partial<Payment>, 'cardFingerprint' | 'credits'>,
  ): Promise<void>;
  close(): Promise<void>;
}

const charged = (id: string, customer: string, amount: number, at: Instant) => ({
  id,
  created: Math.floor(at / 1000),
  customer,
  amount,
  currency: 'usd',
  status: 'succeeded' as const,
  captured: true,
  amountCaptured: amount,
  capturedAt: Math.floor(at / 1000),
  releasedAt: null,
  amountRefunded: 0,
  card: { brand: 'visa', last4: '4242', fingerprint: null, funding: 'credit' },
  failureCode: null,
  declineCode: null,
  failureMessage: null,
  description: null,
  metadata: {},
});

interface WorldSettings {
  databaseUrl: string;
  /** Enforces nothing: no ceiling on refunds, no idempotency. */
  lax?: boolean;
  careless?: readonly Carelessness[];
  point?: RemedyDeps['point'];
  /** Makes the letters of Stripe's ids; a seeded one makes runs repeatable. */
  newTail?: () => string;
}

/** A console's services against a local Stripe, on a migrated database and a clock that tests set. */
export const openMoneyWorld = async (settings: WorldSettings): Promise<MoneyWorld> => {
  await migrate(settings.databaseUrl);
  let instant = T + 3_600_000;
  const now = (): Instant => instant;
  const sandbox = await startStripe({
    ...{ now, lax: settings.lax ?? false, careless: settings.careless ?? [] },
    ...(settings.newTail ? { newTail: settings.newTail } : {}),
  });
  const store = await openStore(settings.databaseUrl, { poolSize: 4 });
  const product = await startProductApi({ now });
  const productUrl = product.url;
  const charge = async (
    id: string,
    customerId = 'org_1',
    amount = 4_900,
    at = T,
    more: Pick<Partial<Payment>, 'cardFingerprint' | 'credits'> = {},
  ): Promise<void> => {
    const chargeId = isIntentId(id) ? chargeIdOf(id) : id;
    const made = charged(chargeId, `cus_${customerId}`, amount, at);
    const card = { ...made.card, fingerprint: more.cardFingerprint ?? null };
    sandbox.world.put('charge', { ...made, card });
    const customer = {
      ...{ id: customerId, name: 'Løvely Studio', email: `${customerId}@example.test` },
      ...{ stripeCustomerId: `cus_${customerId}`, createdAt: at, timeZone: null },
      ...{ reportedBalance: null, reportedBalanceAt: null, generationHold: null },
    };
    const records = [
      { type: 'customer' as const, record: customer },
      paid({ id, customerId, amount, createdAt: at, capturedAt: at, ...more }),
    ];
    product.product.takeBook(records);
    await store.write((tx) => saveRecords(tx, records));
  };
  return {
    store,
    databaseUrl: settings.databaseUrl,
    ...{ sandbox, product, productUrl, now },
    newId: createIds(now),
    advance: (milliseconds) => void (instant += milliseconds),
    charge,
    ...moneyDoors({ now, stripeUrl: sandbox.url, productUrl }),
    point: settings.point ?? (() => undefined),
    owner: 'parent',
    close: async () => {
      await sandbox.close();
      await product.close();
      await store.close();
    },
  };
};

export const moneyDoors = ({
  now,
  stripeUrl,
  productUrl,
  timeout = TIMEOUT,
}: {
  now: () => Instant;
  stripeUrl: string;
  productUrl: string;
  timeout?: number;
}): Pick<RemedyDeps, 'stripe' | 'productApi'> => {
  const beforeCall = assertNotWriting;
  return {
    stripe: createStripe({
      secretKey: SANDBOX_KEY,
      apiBase: stripeUrl,
      timeout,
      beforeCall,
    }),
    productApi: createProductApi({
      url: productUrl,
      secret: SANDBOX_SECRET,
      now,
      beforeCall,
      timeout,
    }),
  };
};
