import { withMinusSign } from '#app/domain/money/money.ts';

declare const creditsBrand: unique symbol;

/** Whole credits, signed. A type of its own, so that money is not handed where credits are meant. */
type Credits = number & { readonly [creditsBrand]: true };

/**
 * Throws RangeError on a fraction or an integer beyond 2^53 − 1.
 * @internal
 */
export function credits(count: number): Credits {
  if (!Number.isSafeInteger(count)) throw new RangeError(`not whole credits: ${count}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked above: the only door into the type
  return (count + 0) as Credits;
}

const plain = new Intl.NumberFormat('en-US');
const signedFormat = new Intl.NumberFormat('en-US', { signDisplay: 'exceptZero' });

/** Credits for people: `5,000`, `−24`; with `signed`, `+77`. */
export const formatCredits = (
  count: number,
  { signed = false }: { signed?: boolean } = {},
): string => withMinusSign((signed ? signedFormat : plain).format(count));

/** `1 credit`, `5,000 credits`. */
export const formatCreditCount = (count: number): string =>
  `${formatCredits(count)} ${Math.abs(count) === 1 ? 'credit' : 'credits'}`;

export type ParsedCredits =
  | { ok: true; credits: Credits }
  | { ok: false; reason: 'not-a-number' | 'not-whole' | 'too-large' };

/** Reads credits typed by a person: `5000`, `5,000`; the sign is the form's, not the text's. */
export function parseCredits(text: string): ParsedCredits {
  const typed = text.trim();
  if (/^[\d,]+\.\d+$/.test(typed)) return { ok: false, reason: 'not-whole' };
  if (!/^(?:\d+|\d{1,3}(?:,\d{3})+)$/.test(typed)) return { ok: false, reason: 'not-a-number' };
  const count = Number(typed.replaceAll(',', ''));
  if (!Number.isSafeInteger(count)) return { ok: false, reason: 'too-large' };
  return { ok: true, credits: credits(count) };
}
