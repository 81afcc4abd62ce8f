import type { Env } from '#app/config/env.ts';

type Name = keyof Env;

/** What a console that moves money needs beside its key: settings, and what does not work without them. */
const PARTS: readonly { settings: readonly Name[]; without: string }[] = [
  {
    settings: ['BASE_URL'],
    without: 'people can sign in at this machine only (localhost), under no name of yours',
  },
  {
    settings: ['STRIPE_WEBHOOK_SECRET'],
    without:
      'Stripe’s events are not taken: how a refund ended is asked every ten minutes, and refunds made elsewhere show only in the comparison of the night',
  },
  {
    settings: ['PRODUCT_API_URL', 'PRODUCT_API_SECRET'],
    without: 'no credits can be added, taken or returned, and no generation can be held',
  },
  {
    settings: ['SMTP_URL', 'MAIL_FROM'],
    without: 'no customer is mailed; mail waits until it can go out',
  },
  {
    settings: ['INGEST_TOKEN'],
    without:
      'POST /ingest and GET /metrics are closed: nothing can be loaded over HTTP or alarmed on',
  },
];

/** A line for each part that the settings leave out: what is not set, and what does not work without it. */
export const missingParts = (env: Env): string[] =>
  PARTS.flatMap(({ settings, without }) => {
    const missing = settings.filter((name) => env[name] === undefined);
    if (missing.length === 0) return [];
    return [`${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set: ${without}.`];
  });
