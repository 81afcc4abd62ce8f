import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Instant } from '#app/lib/instant.ts';
import { addressFault, describeAddressFault } from '#app/domain/mail/address.ts';
import { readTrustedProxies } from '#app/lib/network-address.ts';
import type { TrustedProxies } from '#app/lib/network-address.ts';
import { MAKE_A_SECRET, sharedSecrets, weakSecret } from '#app/lib/weak-secret.ts';
import { isLoopback as isLoopbackName, runsOnLoopback } from '#app/lib/loopback.ts';

const urlOf = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);
const isWeb = (url: URL): boolean => url.protocol === 'http:' || url.protocol === 'https:';
const isLoopback = (url: URL): boolean => isLoopbackName(url.hostname);

/** A text that must pass `test`; the message says what is expected and never what was given. */
const checked = (expected: string, test: (text: string) => boolean) =>
  z.string().refine(test, { error: `must be ${expected}` });

const secret = (letters: number, way = MAKE_A_SECRET) =>
  z.string().superRefine((text, context) => {
    const problem = weakSecret(text, letters);
    if (problem !== null) context.addIssue(`${problem}: ${way}`);
  });

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

const STRIPE_SIGNING = /^whsec_(?<letters>[\w+/=-]+)$/;
const isStripeSigning = (text: string): boolean =>
  weakSecret(STRIPE_SIGNING.exec(text)?.groups?.['letters'] ?? '', 16) === null;

/** One plain address: no list, no name, no line break that a mail header would take for more. */
const mailAddress = z.string().superRefine((text, context) => {
  const fault = addressFault(text);
  if (fault !== null)
    context.addIssue(`must be one e-mail address: what is set ${describeAddressFault(fault)}`);
});

const wholeNumber = (from: number, to: number) =>
  checked(
    `a whole number from ${from} to ${to}`,
    (text) => /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to,
  ).transform(Number);

const httpsUrl = checked('an https address (http only on this machine)', (text) => {
  const url = urlOf(text);
  return url !== null && (url.protocol === 'https:' || (isWeb(url) && isLoopback(url)));
});

const startInstant = checked(
  'an instant such as 2026-05-03T09:12:44Z',
  (text) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text)),
).transform((text): Instant => Date.parse(text));

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Every variable the programs know, and what each must look like. */
const shape = {
  DATABASE_URL: checked('file:PATH or postgres://…', (text) =>
    /^(file:.+|postgres(ql)?:\/\/.+)$/.test(text),
  ).default('file:./data/redress.db'),
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: checked('a host name or address', (text) => /^[A-Za-z0-9.:[\]-]+$/.test(text)).default(
    '127.0.0.1',
  ),
  BASE_URL: checked('an http or https address without a path', (text) => {
    const url = urlOf(text);
    return url !== null && isWeb(url) && url.pathname === '/' && url.search === '' && !url.username;
  }).optional(),
  SESSION_SECRET: secret(32).optional(),
  // Whatever it was before, what it has signed must still be verified.
  SESSION_SECRET_PREVIOUS: checked('secrets with a comma between them', (text) =>
    text.split(',').every((one) => one.trim().length >= 16),
  ).optional(),
  STRIPE_SECRET_KEY: checked('a Stripe secret or restricted key', (text) =>
    /^(sk|rk)_(test|live)_\w+$/.test(text),
  ).optional(),
  STRIPE_WEBHOOK_SECRET: checked(
    'a Stripe signing secret as Stripe shows it (whsec_… and at least 16 characters that cannot be guessed), or two with a comma between them',
    (text) => listOf(text).length > 0 && listOf(text).every(isStripeSigning),
  ).optional(),
  STRIPE_API_BASE: checked('an http or https address on this machine', (text) => {
    const url = urlOf(text);
    return url !== null && isWeb(url) && isLoopback(url);
  }).optional(),
  PRODUCT_API_URL: httpsUrl.optional(),
  PRODUCT_API_SECRET: secret(16).optional(),
  INGEST_TOKEN: secret(16).optional(),
  INGEST_MAX_MB: wholeNumber(1, 1024).default(16),
  // What stands behind a ? would turn the encryption off.
  SMTP_URL: checked('smtp://… or smtps://…, without options behind a ?', (text) => {
    const url = urlOf(text);
    return (
      url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '' && !/[?#]/.test(text)
    );
  }).optional(),
  MAIL_FROM: mailAddress.optional(),
  DEMO_MAIL_URL: checked('an http address on this machine', (text) => {
    const url = urlOf(text);
    return url !== null && url.protocol === 'http:' && isLoopback(url);
  }).optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform((text, context): TrustedProxies => {
      const trusted = readTrustedProxies(text);
      if (trusted !== null) return trusted;
      context.addIssue('must be addresses or networks (10.0.0.0/8, ::1), or a number of hops');
      return z.NEVER;
    })
    .default({ kind: 'none' }),
  LOG_LEVEL: checked(`one of ${LOG_LEVELS.join(', ')}`, (text) =>
    (LOG_LEVELS as readonly string[]).includes(text),
  ).default('info'),
  REDRESS_NOW: startInstant.optional(),
};

export const ENV_NAMES = Object.keys(shape);

type Values = z.output<z.ZodObject<typeof shape>>;

/** The settings, parsed. */
export interface Env extends Values {
  /** No Stripe key is set, so no real money can move. */
  keyless: boolean;
  /** Only this machine can reach the console. */
  onLoopback: boolean;
  /** As far as the settings say, this may be the demo; the start asks the database as well. */
  demo: boolean;
  /** Whether the key moves real money. */
  live: boolean;
  /** Keys the hashes of things that must not be guessable from the database. */
  secret: string;
  /** Signs what only this console gives out; without SESSION_SECRET it lasts as long as the process. */
  markSecret: string;
  /** What `secret` was before; it signs nothing any more, and its signatures still hold. */
  formerSecrets: string[];
  /** What Stripe may sign its events with: two while one is being replaced. */
  webhookSecrets: string[];
}

/** Names each wrong variable and what is expected of it; no value ever stands in it. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
  constructor(readonly problems: readonly string[]) {
    super(`Wrong environment: ${problems.join('; ')}.`);
  }
}

/** Whether a key of Stripe's moves real money. */
const isLiveKey = (key: string | undefined): boolean => key?.includes('_live_') ?? false;

/** What only shows when two variables are looked at together. */
const contradictions = (values: Values, nodeEnv: string | undefined): string[] => {
  const problems: string[] = [];
  const { STRIPE_SECRET_KEY: key, BASE_URL: base } = values;
  const baseUrl = base === undefined ? null : urlOf(base);
  if (baseUrl && baseUrl.protocol !== 'https:' && !isLoopback(baseUrl))
    problems.push('BASE_URL must be https beyond this machine');
  if (key !== undefined) {
    if (values.SESSION_SECRET === undefined)
      problems.push('SESSION_SECRET must be set when STRIPE_SECRET_KEY is');
    if (values.REDRESS_NOW !== undefined)
      problems.push('REDRESS_NOW must not be set when STRIPE_SECRET_KEY is');
    if (values.DEMO_MAIL_URL !== undefined)
      problems.push('DEMO_MAIL_URL must not be set when STRIPE_SECRET_KEY is');
    if (isLiveKey(key) && nodeEnv === 'development')
      problems.push('STRIPE_SECRET_KEY must be a test key in development');
  }
  // Without it the database alone would be enough to guess what is kept in it only as a hash.
  else if (!runsOnLoopback(values) && values.SESSION_SECRET === undefined)
    problems.push('SESSION_SECRET must be set when HOST or BASE_URL is beyond this machine');
  for (const [name, first] of sharedSecrets({
    SESSION_SECRET: values.SESSION_SECRET,
    PRODUCT_API_SECRET: values.PRODUCT_API_SECRET,
    INGEST_TOKEN: values.INGEST_TOKEN,
  }))
    problems.push(`${name} must not be the same as ${first}: ${MAKE_A_SECRET}`);
  return problems;
};

/**
 * Parses the settings out of `source` (usually `process.env`); an empty variable counts as absent.
 * Throws `EnvError` that names every wrong variable.
 */
export const parseEnv = (source: Record<string, string | undefined>): Env => {
  const given = ENV_NAMES.flatMap((name) => (source[name] ? [[name, source[name]]] : []));
  const parsed = z.object(shape).safeParse(Object.fromEntries(given));
  if (!parsed.success)
    throw new EnvError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
    );
  const problems = contradictions(parsed.data, source['NODE_ENV']);
  if (problems.length > 0) throw new EnvError(problems);
  const keyless = parsed.data.STRIPE_SECRET_KEY === undefined;
  const onLoopback = runsOnLoopback(parsed.data);
  return {
    ...parsed.data,
    keyless,
    onLoopback,
    demo: keyless && onLoopback,
    live: isLiveKey(parsed.data.STRIPE_SECRET_KEY),
    secret: parsed.data.SESSION_SECRET ?? 'the demo keeps no secrets',
    markSecret: parsed.data.SESSION_SECRET ?? randomBytes(32).toString('hex'),
    formerSecrets: listOf(parsed.data.SESSION_SECRET_PREVIOUS),
    webhookSecrets: listOf(parsed.data.STRIPE_WEBHOOK_SECRET),
  };
};

let current: Env | undefined;

/** The settings of this process, read once. */
export const env = (): Env => (current ??= parseEnv(process.env));
