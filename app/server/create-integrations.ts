import { createMailer } from '#app/integrations/mail/create-mailer.ts';
import type { Mailer } from '#app/integrations/mail/create-mailer.ts';
import {
  ProductUnavailableError,
  createProductApi,
} from '#app/integrations/product-api/create-product-api.ts';
import type { ProductApi } from '#app/integrations/product-api/create-product-api.ts';
import { createStripe } from '#app/integrations/stripe/create-stripe.ts';
import type { Env } from '#app/config/env.ts';
import { leadsToLoopback } from '#app/lib/loopback.ts';
import type { Deps, RemedyDeps } from '#app/services/deps.ts';
import { assertNotWriting } from '#db/store.ts';

/** The key of the sandbox's Stripe, which has no other. */
const SANDBOX_KEY = 'sk_test_redressSandbox';

const NOT_SET_UP = 'PRODUCT_API_URL and PRODUCT_API_SECRET are not set';

/** Says no to everything; steps wait until the settings name the product. */
const noProduct: ProductApi = {
  isSet: false,
  postAdjustment: async () => ({ kind: 'denied', message: NOT_SET_UP }),
  readAdjustment: async () => {
    throw new ProductUnavailableError(NOT_SET_UP);
  },
  putHold: async () => ({ kind: 'denied', message: NOT_SET_UP }),
};

/**
 * Without a Stripe key another Stripe stands in, on this machine. What it has refunded must reach neither a
 * real product nor a real customer.
 */
const mayReach = ({ keyless }: Pick<Env, 'keyless'>, url: string): boolean =>
  !keyless || leadsToLoopback(url);

const productOf = (env: Env, now: Deps['now']): ProductApi => {
  const { PRODUCT_API_URL: url, PRODUCT_API_SECRET: secret } = env;
  if (url === undefined || secret === undefined || !mayReach(env, url)) return noProduct;
  return createProductApi({ url, secret, now, beforeCall: assertNotWriting });
};

/**
 * What moves money, by the settings. Null where they name neither a Stripe key nor a Stripe on this
 * machine: then nothing can be sent. Makes no request.
 */
export const createRemedyDeps = (
  env: Env,
  deps: Deps & Pick<RemedyDeps, 'sends'>,
): RemedyDeps | null => {
  const { STRIPE_API_BASE: apiBase } = env;
  const secretKey = env.STRIPE_SECRET_KEY ?? (apiBase === undefined ? undefined : SANDBOX_KEY);
  if (secretKey === undefined) return null;
  return {
    ...deps,
    stripe: createStripe({ secretKey, apiBase, beforeCall: assertNotWriting }),
    productApi: productOf(env, deps.now),
    point: () => undefined,
    owner: deps.newId('own'),
  };
};

/** Where mail goes out, by the settings; null where they name no server: then mail waits. */
export const createMail = ({
  SMTP_URL: smtpUrl,
  MAIL_FROM: from,
  keyless,
}: Pick<Env, 'SMTP_URL' | 'MAIL_FROM' | 'keyless'>): Mailer | null =>
  smtpUrl === undefined || from === undefined || !mayReach({ keyless }, smtpUrl)
    ? null
    : createMailer({ smtpUrl, from, beforeCall: assertNotWriting });
