import { randomBytes } from 'node:crypto';
import type { Env } from '#app/config/env.ts';
import { leadsToLoopback } from '#app/lib/loopback.ts';
import { SANDBOX_SECRET } from '#scripts/sandbox/product-api/start-product-api.ts';

const isHere = (url: string | undefined): boolean => url !== undefined && leadsToLoopback(url);

/**
 * Which parts of the outside are ours to start: those that the person has not named on this machine. What
 * a Stripe that stands in has refunded must reach neither a real product nor a real customer.
 */
export const wantedOf = (env: Env) => ({
  stripe: env.STRIPE_API_BASE === undefined,
  product: !isHere(env.PRODUCT_API_URL),
  mail: !isHere(env.SMTP_URL),
});

/** What signs the webhooks: the person's own secret, or one of this start alone. */
export const webhookSecretOf = ({ webhookSecrets: [given] }: Env): string =>
  given ?? `whsec_${randomBytes(24).toString('base64url')}`;

export const productSecretOf = ({ PRODUCT_API_SECRET: given }: Env): string =>
  given ?? SANDBOX_SECRET;

type Started = { url: string } | null | undefined;

/** The settings that a console needs in addition to its own, to work with what was started. */
export const settingsFor = (
  env: Env,
  parts: { stripe: Started; product: Started; mail?: Started; mailPage?: string },
  webhookSecret: string,
): Record<string, string> => {
  const { stripe, product, mail, mailPage } = parts;
  return {
    ...(stripe ? { STRIPE_API_BASE: stripe.url, STRIPE_WEBHOOK_SECRET: webhookSecret } : {}),
    ...(product ? { PRODUCT_API_URL: product.url, PRODUCT_API_SECRET: productSecretOf(env) } : {}),
    ...(mail ? { SMTP_URL: mail.url, MAIL_FROM: env.MAIL_FROM ?? 'support@demo.test' } : {}),
    ...(mailPage === undefined ? {} : { DEMO_MAIL_URL: mailPage }),
  };
};
