import { parseArgs } from 'node:util';
import { readBook } from '#scripts/sandbox/read-book.ts';
import { startSandbox } from '#scripts/sandbox/start-sandbox.ts';
import { SANDBOX_SECRET } from '#scripts/sandbox/product-api/start-product-api.ts';
import { SANDBOX_KEY } from '#scripts/sandbox/stripe/start-stripe.ts';

const HELP = `npm run sandbox -- [options]

Starts a local Stripe, a local product API and a mail server on 127.0.0.1, filled from a book. No real money moves.

  --book FILE            the book (.ndjson, .ndjson.gz); without it both are empty
  --stripe-port N        default 8420
  --product-port N       default 8421
  --mail-port N          SMTP, default 8422
  --mail-page-port N     where its mails can be read, at /mail; default 8423
  --folder DIR           keeps what happens there, for the next start
  --webhook URL          where Stripe delivers its events
  --webhook-secret TEXT  signs them; may be given twice
  --lax                  a Stripe that enforces nothing: no ceilings, no idempotency
  --help                 this text
`;

const { values } = parseArgs({
  options: {
    book: { type: 'string' },
    'stripe-port': { type: 'string', default: '8420' },
    'product-port': { type: 'string', default: '8421' },
    'mail-port': { type: 'string', default: '8422' },
    'mail-page-port': { type: 'string', default: '8423' },
    folder: { type: 'string' },
    webhook: { type: 'string' },
    'webhook-secret': { type: 'string', multiple: true },
    lax: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(HELP);
} else {
  const sandbox = await startSandbox({
    records: values.book === undefined ? [] : readBook(values.book),
    folder: values.folder,
    stripePort: Number(values['stripe-port']),
    productPort: Number(values['product-port']),
    mailPort: Number(values['mail-port']),
    mailPagePort: Number(values['mail-page-port']),
    lax: values.lax,
    webhook:
      values.webhook === undefined
        ? undefined
        : { url: values.webhook, secrets: values['webhook-secret'] ?? [] },
  });
  process.stdout.write(
    [
      `STRIPE_API_BASE=${sandbox.stripe.url}`,
      `STRIPE_SECRET_KEY=${SANDBOX_KEY}`,
      `PRODUCT_API_URL=${sandbox.product.url}`,
      `PRODUCT_API_SECRET=${SANDBOX_SECRET}`,
      `SMTP_URL=${sandbox.mail.url}`,
      'MAIL_FROM=support@demo.test',
      `# mail can be read at ${sandbox.mailPage}`,
      '',
    ].join('\n'),
  );
  const stop = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
