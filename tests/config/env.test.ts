import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENV_NAMES, EnvError, parseEnv } from '#app/config/env.ts';

const SECRET = 'k3Jx9Qm2Vb7Tn5Rw8Zy4Hc6Lp1Sd0FgA';

const problemsOf = (source: Record<string, string>): readonly string[] => {
  try {
    parseEnv(source);
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
};

describe('the settings', () => {
  it('of an empty environment are the demo on this machine', () => {
    expect(parseEnv({})).toMatchObject({
      DATABASE_URL: 'file:./data/redress.db',
      PORT: 3000,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      demo: true,
    });
  });

  it('take an empty variable for an absent one', () => {
    expect(parseEnv({ PORT: '', BASE_URL: '', STRIPE_SECRET_KEY: '' })).toMatchObject({
      PORT: 3000,
      demo: true,
    });
  });

  it.each([
    [{}, true],
    [{ BASE_URL: 'http://localhost:3000' }, true],
    [{ HOST: '0.0.0.0' }, false],
    [{ BASE_URL: 'https://console.test' }, false],
  ])('may be the demo on this machine only: %o, %s', (given, demo) =>
    expect(
      parseEnv({ SESSION_SECRET: 'a secret results than thirty-two letters', ...given }),
    ).toMatchObject({ demo, keyless: true }),
  );

  it('with a Stripe key and a secret are no demo', () => {
    const env = parseEnv({ STRIPE_SECRET_KEY: 'rk_live_1', SESSION_SECRET: SECRET });
    expect(env.demo).toBe(false);
    expect(env.secret).toBe(SECRET);
  });

  it.each([
    ['DATABASE_URL', 'mysql://u:hunter2@h/d'],
    ['DATABASE_URL', 'file:'],
    ['PORT', '80a80'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3e3'],
    ['HOST', 'a b'],
    ['BASE_URL', 'console.test'],
    ['BASE_URL', 'https://console.test/path'],
    ['BASE_URL', 'javascript:hunter2'],
    ['BASE_URL', 'https://u:hunter2@console.test'],
    ['SESSION_SECRET', 'hunter2'],
    ['STRIPE_SECRET_KEY', 'pk_test_hunter2'],
    ['STRIPE_SECRET_KEY', 'hunter2'],
    ['STRIPE_WEBHOOK_SECRET', 'hunter2'],
    ['STRIPE_API_BASE', 'https://hunter2.evil.test'],
    ['STRIPE_API_BASE', 'http://127.0.0.1.evil.test'],
    ['STRIPE_API_BASE', 'file:///hunter2'],
    ['PRODUCT_API_URL', 'http://product.test/hunter2'],
    ['PRODUCT_API_SECRET', 'hunter2'],
    ['INGEST_TOKEN', 'hunter2'],
    ['INGEST_MAX_MB', '0'],
    ['SMTP_URL', 'http://hunter2'],
    ['SMTP_URL', 'smtp://hunter2.test:587?requireTLS=false'],
    ['SMTP_URL', 'smtp://hunter2.test:587?tls.rejectUnauthorized=false'],
    ['SMTP_URL', 'smtp://'],
    ['MAIL_FROM', 'hunter2'],
    ['MAIL_FROM', 'a@b.test\r\nBcc: hunter2@c.test'],
    ['MAIL_FROM', 'a@b.test,hunter2@c.test'],
    ['MAIL_FROM', 'Redress <hunter2@c.test>'],
    ['SESSION_SECRET', 'hunter2'.repeat(5)],
    ['SESSION_SECRET', 'change-me-hunter2-change-me-hunter2'],
    ['INGEST_TOKEN', 'hunter2-your-token-goes-here'],
    ['PRODUCT_API_SECRET', 'hunter2hunter2hunter2'],
    ['STRIPE_WEBHOOK_SECRET', 'whsec_hunter2'],
    ['STRIPE_WEBHOOK_SECRET', 'whsec_hunter2hunter2hunter2'],
    ['STRIPE_WEBHOOK_SECRET', ','],
    ['STRIPE_WEBHOOK_SECRET', 'whsec_k3Jx9Qm2Vb7Tn5Rw8Zy4,whsec_hunter2'],
    ['LOG_LEVEL', 'hunter2'],
    ['REDRESS_NOW', 'hunter2'],
    ['REDRESS_NOW', '2026-13-01T00:00:00Z'],
    ['REDRESS_NOW', '2026-05-03'],
  ])('refuse %s=%s by its name and never by its value', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems.some((problem) => problem.startsWith(`${name} must `))).toBe(true);
    expect(problems.join()).not.toContain('hunter2');
  });

  it.each([
    [{ STRIPE_SECRET_KEY: 'rk_test_1' }, 'SESSION_SECRET'],
    [{ STRIPE_SECRET_KEY: 'rk_test_1', REDRESS_NOW: '2026-05-03T09:12:44Z' }, 'REDRESS_NOW'],
    [{ STRIPE_SECRET_KEY: 'sk_live_1', NODE_ENV: 'development' }, 'STRIPE_SECRET_KEY'],
    [{ STRIPE_SECRET_KEY: 'rk_test_1', BASE_URL: 'http://console.test' }, 'BASE_URL'],
    [{ BASE_URL: 'https://console.test' }, 'SESSION_SECRET'],
    [{ HOST: '0.0.0.0' }, 'SESSION_SECRET'],
    [{ BASE_URL: 'http://console.test' }, 'BASE_URL'],
    [{ SESSION_SECRET: SECRET, INGEST_TOKEN: SECRET }, 'INGEST_TOKEN must not be the same'],
    [{ INGEST_TOKEN: SECRET, PRODUCT_API_SECRET: SECRET }, 'the same as PRODUCT_API_SECRET'],
  ])('refuse what contradicts itself: %o', (source, name) => {
    const problems = problemsOf(source);
    expect(problems.some((problem) => problem.includes(name))).toBe(true);
  });

  it.each([
    ['STRIPE_API_BASE', 'http://localhost:12111'],
    ['STRIPE_API_BASE', 'http://[::1]:12111'],
    ['DATABASE_URL', 'postgres://u:p@h/d'],
    ['DATABASE_URL', 'postgresql://h/d'],
    ['REDRESS_NOW', '2026-05-03T09:12:44.120Z'],
    ['PORT', '0'],
    ['BASE_URL', 'http://localhost:3000'],
    ['HOST', '[::1]'],
    ['STRIPE_WEBHOOK_SECRET', 'whsec_k3Jx9Qm2Vb7Tn5Rw8Zy4, whsec_q8Zt4Lw1Xc7Vb2Nm6Kp3'],
    ['STRIPE_WEBHOOK_SECRET', 'whsec_q8Zt+Lw1/c7Vb2Nm6Kp3xA=='],
  ])('take %s=%s', (name, value) => expect(problemsOf({ [name]: value })).toEqual([]));

  it('say of a weak secret what is wrong with it and how to make one', () => {
    expect(problemsOf({ SESSION_SECRET: 'k3Jx9Qm2Vb7Tn5Rw'.repeat(2) })).toEqual([
      'SESSION_SECRET must not repeat the same characters: make one with `openssl rand -base64 32`',
    ]);
  });

  it('are all in .env.example, and it names no others', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(new Set(named)).toEqual(new Set(ENV_NAMES));
  });
});
