import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BookRecord } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';
import { startMailPage } from '#scripts/sandbox/mail/start-mail-page.ts';
import { startMail } from '#scripts/sandbox/mail/start-mail.ts';
import type { RunningMail } from '#scripts/sandbox/mail/start-mail.ts';
import { startProductApi } from '#scripts/sandbox/product-api/start-product-api.ts';
import type { RunningProduct } from '#scripts/sandbox/product-api/start-product-api.ts';
import { fillFromBook } from '#scripts/sandbox/stripe/fill/fill-from-book.ts';
import { startStripe } from '#scripts/sandbox/stripe/start-stripe.ts';
import type { RunningStripe } from '#scripts/sandbox/stripe/start-stripe.ts';
import type { Endpoint } from '#scripts/sandbox/stripe/webhooks.ts';

export interface SandboxOptions {
  /** The book that both sides are filled from; taken once, in any order. */
  records: AsyncIterable<BookRecord> | Iterable<BookRecord>;
  /** Where both keep what happens, so that it is there again after a restart. */
  folder?: string | undefined;
  now?: (() => Instant) | undefined;
  stripePort?: number | undefined;
  productPort?: number | undefined;
  mailPort?: number | undefined;
  mailPagePort?: number | undefined;
  webhook?: Endpoint | undefined;
  /** A Stripe that enforces nothing. */
  lax?: boolean | undefined;
}

export interface Sandbox {
  stripe: RunningStripe;
  product: RunningProduct;
  mail: RunningMail;
  /** Where the mails can be read. */
  mailPage: string;
  close: () => Promise<void>;
}

/** Starts a local Stripe and a local product API that agree with one book, and a mail server. */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const { folder, now = Date.now, records } = options;
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const journal = (name: string) =>
    folder === undefined ? {} : { journal: join(folder, `${name}.ndjson`) };
  const book: BookRecord[] = [];
  for await (const record of records) if (record.type !== 'generation') book.push(record);
  const product = await startProductApi({
    port: options.productPort ?? 0,
    now,
    ...journal('sandbox-product'),
    fill: (filled) => filled.takeBook(book),
  });
  const stripe = await startStripe({
    port: options.stripePort ?? 0,
    now,
    lax: options.lax ?? false,
    ...journal('sandbox-stripe'),
    ...(options.webhook === undefined ? {} : { webhook: options.webhook }),
    fill: (world) => fillFromBook(world, book),
  });
  const mail = await startMail({ port: options.mailPort ?? 0 });
  const page = await startMailPage(mail.delivered, { port: options.mailPagePort ?? 0 });
  return {
    ...{ stripe, product, mail, mailPage: `${page.url}/mail` },
    close: async () => {
      await Promise.all([stripe.close(), product.close(), mail.close(), page.close()]);
    },
  };
};
