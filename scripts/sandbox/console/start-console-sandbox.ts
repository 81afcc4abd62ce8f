import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from '#app/config/env.ts';
import type { Deps } from '#app/services/deps.ts';
import { readProductBook, readStripeBook } from '#scripts/sandbox/console/read-console-book.ts';
import {
  productSecretOf,
  settingsFor,
  wantedOf,
  webhookSecretOf,
} from '#scripts/sandbox/console/sandbox-settings.ts';
import { startMailPage } from '#scripts/sandbox/mail/start-mail-page.ts';
import { startMail } from '#scripts/sandbox/mail/start-mail.ts';
import { startProductApi } from '#scripts/sandbox/product-api/start-product-api.ts';
import { fillFromBook } from '#scripts/sandbox/stripe/fill/fill-from-book.ts';
import { startStripe } from '#scripts/sandbox/stripe/start-stripe.ts';

export interface ConsoleSandbox {
  /** What the console must be given to work with it. */
  settings: Record<string, string>;
  close: () => Promise<void>;
}

/** Seconds, not days: whoever tries the demo watches. */
const REFUNDS_END_AFTER = { succeeded: 12, failed: 20 };
const LOOK_EVERY_MS = 500;

const startMails = async (journal: string, now: Deps['now']) => {
  const mail = await startMail({ now, journal });
  const page = await startMailPage(mail.delivered);
  const close = async () => {
    await Promise.all([mail.close(), page.close()]);
  };
  return { mail, mailPage: page.url, close };
};

/**
 * The outside of a demo's console, as far as the person has not named one: Stripe and the product as the
 * console's own database tells of them, and then as they went on, which is kept in `folder`; a mail
 * server. `consoleUrl` is where the console will listen for Stripe's events.
 */
export const startConsoleSandbox = async (
  deps: Deps,
  env: Env,
  { consoleUrl, folder }: { consoleUrl: string; folder: string },
): Promise<ConsoleSandbox> => {
  const { store, now } = deps;
  const wanted = wantedOf(env);
  mkdirSync(folder, { recursive: true });
  const webhookSecret = webhookSecretOf(env);
  const mails = wanted.mail ? await startMails(join(folder, 'mail.ndjson'), now) : null;
  const product = wanted.product
    ? await startProductApi({
        now,
        secret: productSecretOf(env),
        journal: join(folder, 'product.ndjson'),
        readBook: (customerId) => readProductBook(store.read, customerId),
      })
    : null;
  const book = wanted.stripe ? await readStripeBook(store.read) : [];
  const stripe = wanted.stripe
    ? await startStripe({
        now,
        journal: join(folder, 'stripe.ndjson'),
        fill: (world) => fillFromBook(world, book),
        webhook: { url: `${consoleUrl}/webhooks/stripe`, secrets: webhookSecret.split(',') },
        refundsEndAfter: REFUNDS_END_AFTER,
        settleEvery: LOOK_EVERY_MS,
      })
    : null;
  return {
    settings: settingsFor(env, { stripe, product, ...mails }, webhookSecret),
    close: async () => {
      await Promise.all([stripe?.close(), product?.close(), mails?.close()]);
    },
  };
};
