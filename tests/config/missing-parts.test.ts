import { describe, expect, it } from 'vitest';
import { parseEnv } from '#app/config/env.ts';
import { missingParts } from '#app/config/missing-parts.ts';

const WHOLE = {
  STRIPE_SECRET_KEY: 'rk_live_1',
  SESSION_SECRET: 'k3Jx9Qm2Vb7Tn5Rw8Zy4Hc6Lp1Sd0FgA',
  BASE_URL: 'https://billing.example.com',
  STRIPE_WEBHOOK_SECRET: 'whsec_q8Zt4Lw1Xc7Vb2Nm6Kp3',
  PRODUCT_API_URL: 'https://product.example.com/redress',
  PRODUCT_API_SECRET: 'a-secret-for-crediting-people',
  SMTP_URL: 'smtps://mail.example.com',
  MAIL_FROM: 'billing@example.com',
  INGEST_TOKEN: 'a-token-of-some-length',
};
const linesOf = (left: readonly string[]): string[] =>
  missingParts(
    parseEnv(Object.fromEntries(Object.entries(WHOLE).filter(([name]) => !left.includes(name)))),
  );

describe('what a live console lacks', () => {
  it('is nothing where every part is set', () => expect(linesOf([])).toEqual([]));

  it.each<[string[], RegExp]>([
    [['BASE_URL'], /^BASE_URL is not set: people can sign in on this machine only/],
    [['STRIPE_WEBHOOK_SECRET'], /^STRIPE_WEBHOOK_SECRET is not set: Stripe events/],
    [['PRODUCT_API_URL'], /^PRODUCT_API_URL is not set: credits cannot/],
    [['PRODUCT_API_SECRET'], /^PRODUCT_API_SECRET is not set: credits cannot/],
    [['PRODUCT_API_URL', 'PRODUCT_API_SECRET'], /^PRODUCT_API_URL and PRODUCT_API_SECRET are not/],
    [['SMTP_URL', 'MAIL_FROM'], /^SMTP_URL and MAIL_FROM are not set: no e-mail is sent/],
    [['MAIL_FROM'], /^MAIL_FROM is not set: no e-mail is sent/],
    [['INGEST_TOKEN'], /^INGEST_TOKEN is not set: POST \/ingest and GET \/metrics are closed/],
  ])('without %s is said in one line', (left, words) => {
    const lines = linesOf(left);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(words);
    expect(lines.join()).not.toContain('\n');
  });

  it('is a line for each part', () =>
    expect(
      linesOf(
        Object.keys(WHOLE).filter((name) => !/^(STRIPE_SECRET_KEY|SESSION_SECRET)$/.test(name)),
      ),
    ).toHaveLength(5));
});
