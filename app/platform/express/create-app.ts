import express, { type Express } from 'express';
import { admit, answerInTime, begin } from '#app/platform/express/begin.ts';
import { sameOriginOnly } from '#app/platform/express/cross-site.ts';
import { defaultDeny } from '#app/platform/express/default-deny.ts';
import { ingest } from '#app/platform/express/ingest.ts';
import { lastResort } from '#app/platform/express/last-resort.ts';
import { pages, type PageHandler } from '#app/platform/express/pages.ts';
import { probes } from '#app/platform/express/probes.ts';
import { securityHeaders } from '#app/platform/express/security-headers.ts';
import { staticFiles } from '#app/platform/express/static-files.ts';
import { stripeWebhook } from '#app/platform/express/stripe-webhook.ts';
import type { Platform } from '#app/platform/request-context.ts';

export interface AppOptions {
  /** The router behind all gates. */
  handle: PageHandler;
  /** Where the built assets lie. */
  assets: string;
  /** Serves sources as they are edited; stands where the assets do. */
  development?: express.RequestHandler;
}

/** The whole server, in the order in which a request meets its parts. */
export const createApp = (platform: Platform, options: AppOptions): Express => {
  const { BASE_URL } = platform.env;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.use(begin(platform));
  app.use(
    securityHeaders({
      https: BASE_URL?.startsWith('https:') ?? false,
      development: options.development !== undefined,
    }),
  );
  app.use(admit);
  app.use(probes(platform));
  if (options.development) app.use(options.development);
  else app.use(staticFiles(options.assets));
  app.use(ingest(platform));
  app.use(stripeWebhook(platform));
  app.use(answerInTime);
  app.use(sameOriginOnly(BASE_URL));
  app.use(defaultDeny(platform));
  app.use(pages(platform, options.handle));
  app.use(lastResort(platform));
  return app;
};
