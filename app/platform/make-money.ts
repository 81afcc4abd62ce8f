import { openMail } from '#app/outside/mail/open-mail.ts';
import type { MailDoor } from '#app/outside/mail/open-mail.ts';
import { openProductApi, ProductTrouble } from '#app/outside/product-api/open-product-api.ts';
import type { ProductApi } from '#app/outside/product-api/open-product-api.ts';
import { openStripe } from '#app/outside/stripe/open-stripe.ts';
import type { Env } from '#app/platform/env.ts';
import { leadsToLoopback } from '#app/domain/loopback.ts';
import type { Deps } from '#app/services/deps.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { assertNotWriting } from '#db/store.ts';

/** The key of the sandbox's Stripe, which has no other. */
const SANDBOX_KEY = 'sk_test_redressSandbox';

const NOT_SET_UP = 'PRODUCT_API_URL and PRODUCT_API_SECRET are not set';

/** Says no to everything; steps wait until the settings name the product. */
const noProduct: ProductApi = {
  isSet: false,
  postAdjustment: async () => ({ kind: 'denied', message: NOT_SET_UP }),
  readAdjustment: async () => {
    throw new ProductTrouble(NOT_SET_UP);
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
  return openProductApi({ url, secret, now, beforeCall: assertNotWriting });
};

/**
 * What moves money, by the settings. Null where they name neither a Stripe key nor a Stripe on this
 * machine: then nothing can be sent. Makes no request.
 */
export const makeMoney = (env: Env, deps: Deps & Pick<MoneyDeps, 'sends'>): MoneyDeps | null => {
  const { STRIPE_API_BASE: apiBase } = env;
  const secretKey = env.STRIPE_SECRET_KEY ?? (apiBase === undefined ? undefined : SANDBOX_KEY);
  if (secretKey === undefined) return null;
  return {
    ...deps,
    stripe: openStripe({ secretKey, apiBase, beforeCall: assertNotWriting }),
    productApi: productOf(env, deps.now),
    point: () => undefined,
    owner: deps.newId('own'),
  };
};

/** Where mail goes out, by the settings; null where they name no server: then mail waits. */
export const makeMail = ({
  SMTP_URL: smtpUrl,
  MAIL_FROM: from,
  keyless,
}: Pick<Env, 'SMTP_URL' | 'MAIL_FROM' | 'keyless'>): MailDoor | null =>
  smtpUrl === undefined || from === undefined || !mayReach({ keyless }, smtpUrl)
    ? null
    : openMail({ smtpUrl, from, beforeCall: assertNotWriting });
