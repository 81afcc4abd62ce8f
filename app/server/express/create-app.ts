import express, { type Express } from 'express';
import { admit, answerInTime, requestLogging } from '#app/server/express/request-logging.ts';
import { sameOriginOnly } from '#app/server/express/csrf.ts';
import { requireSession } from '#app/server/express/require-session.ts';
import { ingest } from '#app/server/express/ingest.ts';
import { errorHandler } from '#app/server/express/error-handler.ts';
import { pages, type PageHandler } from '#app/server/express/pages.ts';
import { healthRoutes } from '#app/server/express/health.ts';
import { securityHeaders } from '#app/server/express/security-headers.ts';
import { staticFiles } from '#app/server/express/static-files.ts';
import { stripeWebhook } from '#app/server/express/stripe-webhook.ts';
import type { Platform } from '#app/web/request-context.ts';

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
  app.use(requestLogging(platform));
  app.use(
    securityHeaders({
      https: BASE_URL?.startsWith('https:') ?? false,
      development: options.development !== undefined,
    }),
  );
  app.use(admit);
  app.use(healthRoutes(platform));
  if (options.development) app.use(options.development);
  else app.use(staticFiles(options.assets));
  app.use(ingest(platform));
  app.use(stripeWebhook(platform));
  app.use(answerInTime);
  app.use(sameOriginOnly(BASE_URL));
  app.use(requireSession(platform));
  app.use(pages(platform, options.handle));
  app.use(errorHandler(platform));
  return app;
};
