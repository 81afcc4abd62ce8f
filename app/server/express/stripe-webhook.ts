import type { NextFunction, Request as Req, Response as Res } from 'express';
import { BODY_REFUSALS, readBody } from '#app/server/express/body.ts';
import { refuseRequest } from '#app/server/express/refusal.ts';
import type { Platform } from '#app/web/request-context.ts';
import { handleWebhook } from '#app/services/stripe/handle-webhook.ts';

const PATH = '/webhooks/stripe';
const LARGEST = 256 * 1024;

/**
 * `POST /webhooks/stripe`: Stripe's events, believed by their signature over the bytes as they came. Bad
 * ones get 400 and good ones 200, however often they come; where the effect could not be stored they get
 * an error, and Stripe delivers them again. Not there while no signing secret is set.
 */
export const stripeWebhook = (platform: Platform) => {
  const { money, env } = platform;
  const { webhookSecrets: secrets } = env;
  const answer = async (req: Req, res: Res, deps: NonNullable<typeof money>): Promise<void> => {
    if (req.method !== 'POST') {
      res.setHeader('Allow', 'POST');
      return refuseRequest(req, res, 405, 'method_not_allowed');
    }
    const read = await readBody(req, LARGEST);
    if (!read.ok) {
      // What is left of the body will not be read, so the connection cannot be used again.
      res.setHeader('Connection', 'close');
      return refuseRequest(req, res, ...BODY_REFUSALS[read.why]);
    }
    const header = req.headers['stripe-signature'];
    const verdict = deps.stripe.verifyWebhook({
      body: read.body,
      header: typeof header === 'string' ? header : undefined,
      secrets,
      now: platform.now(),
    });
    if (!verdict.ok) return refuseRequest(req, res, 400, `webhook_${verdict.why}`);
    res.json({ received: await handleWebhook(deps, verdict.event) });
  };
  return (req: Req, res: Res, next: NextFunction): void => {
    if (req.path === PATH && money !== null && secrets.length > 0)
      answer(req, res, money).catch(next);
    else next();
  };
};
