import { expect, it } from 'vitest';
import { nearestNames } from '#app/lib/nearest-name.ts';
import { ENV_NAMES } from '#app/config/env.ts';
import { FAMILIES, findMisnamedVariables } from '#app/config/misnamed-variables.ts';

const meantBy = (given: string): string | undefined =>
  nearestNames([given], ENV_NAMES, FAMILIES)[0]?.meant;

it.each([
  ['STRIPE_SECRETKEY', 'STRIPE_SECRET_KEY'],
  ['STRIPE_API_KEY', 'STRIPE_SECRET_KEY'],
  ['STRIPE_KEY', 'STRIPE_SECRET_KEY'],
  ['stripe_secret_key', 'STRIPE_SECRET_KEY'],
  ['STRIPE_WEBHOOKSECRET', 'STRIPE_WEBHOOK_SECRET'],
  ['DATABASE_URI', 'DATABASE_URL'],
  ['DATABSE_URL', 'DATABASE_URL'],
  ['SESSION_SECRT', 'SESSION_SECRET'],
  ['SMTP_URI', 'SMTP_URL'],
  ['PRODUCT_API_KEY', 'PRODUCT_API_SECRET'],
  ['MAIL_FORM', 'MAIL_FROM'],
  ['BASEURL', 'BASE_URL'],
  ['REDRESS_PORT', 'PORT'],
  ['REDRESS_DATABASE_URL', 'DATABASE_URL'],
])('%s was meant for %s', (given, meant) => expect(meantBy(given)).toBe(meant));

it.each([
  ...['PATH', 'HOME', 'PORTS', 'HOSTNAME', 'LOGNAME', 'NODE_ENV', 'TERM', 'PGHOST', 'POSTGRES_URL'],
  ...[
    'AWS_SESSION_TOKEN',
    'npm_config_registry',
    'CHROMIUM_PATH',
    'DATABASE_URL_OF_ANOTHER',
    'PWD',
  ],
  ...ENV_NAMES,
])('%s is left alone', (given) => expect(meantBy(given)).toBeUndefined());

it('says the names and never a value', () => {
  const said = findMisnamedVariables({ STRIPE_SECRETKEY: 'sk_live_hunter2', HOME: '/root' });
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('STRIPE_SECRETKEY');
  expect(said[0]).toContain('STRIPE_SECRET_KEY?');
  expect(said[0]).not.toContain('hunter2');
});
