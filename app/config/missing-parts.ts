import type { Env } from '#app/config/env.ts';

type Name = keyof Env;

/** What a console that moves money needs beside its key: settings, and what does not work without them. */
const PARTS: readonly { settings: readonly Name[]; without: string }[] = [
  {
    settings: ['BASE_URL'],
    without: 'people can sign in on this machine only (localhost)',
  },
  {
    settings: ['STRIPE_WEBHOOK_SECRET'],
    without:
      'Stripe events are not received: refund outcomes are polled every ten minutes, and refunds made elsewhere show only after the nightly reconciliation',
  },
  {
    settings: ['PRODUCT_API_URL', 'PRODUCT_API_SECRET'],
    without: 'credits cannot be granted, taken back or returned, and generations cannot be held',
  },
  {
    settings: ['SMTP_URL', 'MAIL_FROM'],
    without: 'no e-mail is sent; it waits until it can be',
  },
  {
    settings: ['INGEST_TOKEN'],
    without:
      'POST /ingest and GET /metrics are closed: nothing can be imported over HTTP or monitored',
  },
];

/** A line for each part that the settings leave out: what is not set, and what does not work without it. */
export const missingParts = (env: Env): string[] =>
  PARTS.flatMap(({ settings, without }) => {
    const missing = settings.filter((name) => env[name] === undefined);
    if (missing.length === 0) return [];
    return [`${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set: ${without}.`];
  });
