/*
 * Money is an integer in the currency's minor unit, as Stripe counts it. Decimals exist only as text:
 * they are cut out of the integer's digits, never divided, so that no amount is ever off by a cent.
 */

export interface Money {
  /** Minor units: 4900 is $49.00 with `usd`, ¥4,900 with `jpy`. */
  minor: number;
  /** Lower-case ISO 4217 code. */
  currency: string;
}

/** Stripe's lists (docs.stripe.com/currencies); every other currency has two decimals in its API. */
const ZERO_DECIMALS = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '),
);
const THREE_DECIMALS = new Set('bhd jod kwd omr tnd'.split(' '));

/** How many decimals Stripe gives the currency: 0, 2 or 3. */
export const decimalsOf = (currency: string): number =>
  ZERO_DECIMALS.has(currency) ? 0 : THREE_DECIMALS.has(currency) ? 3 : 2;

/**
 * The smallest amount that moves: in currencies with three decimals, Stripe takes only amounts that end
 * in 0. Minor units.
 */
export const smallestStep = (currency: string): number => (decimalsOf(currency) === 3 ? 10 : 1);

/** The amount as plain decimal text: `minorToDecimal(4900, 'usd')` is `49.00`. Minor units, exact. */
export function minorToDecimal(minor: number, currency: string): string {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not a whole amount: ${minor}`);
  const decimals = decimalsOf(currency);
  const sign = minor < 0 ? '-' : '';
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatterOf(currency: string, signed: boolean): Intl.NumberFormat {
  const key = signed ? `+${currency}` : currency;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const decimals = decimalsOf(currency);
  const formatter = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: signed ? 'exceptZero' : 'auto',
  });
  formatters.set(key, formatter);
  return formatter;
}

/** A true minus sign: it is as wide as the plus and is read aloud as one. */
export const withMinusSign = (text: string): string => text.replace('-', '−');

/**
 * An amount for people: `$49.00`, `¥4,900`, `−€3.50`; with `signed`, gains carry a plus.
 * @param minor minor units of `currency`; RangeError where it is not a safe integer.
 */
export function formatMoney(
  minor: number,
  currency: string,
  { signed = false }: { signed?: boolean } = {},
): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- digits, a point and a sign are what the type asks for
  const decimal = minorToDecimal(minor, currency) as `${number}`;
  return withMinusSign(formatterOf(currency, signed).format(decimal));
}

export type ParsedMoney =
  | { ok: true; money: Money }
  | { ok: false; reason: 'not-an-amount' | 'too-many-decimals' | 'too-large' };

/** Digits, grouped by commas or not, and a decimal point: nothing a person would not call an amount. */
const TYPED_AMOUNT = /^(?<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?<fraction>\d+))?$/;

/** Reads an amount typed by a person, `49`, `49.5`, `1,049.00`, in major units; never rounds. */
export function parseMoney(text: string, currency: string): ParsedMoney {
  const match = TYPED_AMOUNT.exec(text.trim());
  if (match?.groups === undefined || !/^[a-z]{3}$/.test(currency)) {
    return { ok: false, reason: 'not-an-amount' };
  }
  const whole = (match.groups['whole'] ?? '').replaceAll(',', '');
  const fraction = match.groups['fraction'] ?? '';
  const decimals = decimalsOf(currency);
  if (fraction.length > decimals) return { ok: false, reason: 'too-many-decimals' };
  const minor = Number(whole + fraction.padEnd(decimals, '0'));
  if (!Number.isSafeInteger(minor)) return { ok: false, reason: 'too-large' };
  return { ok: true, money: { minor, currency } };
}
