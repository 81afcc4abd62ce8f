import { randomBytes } from 'node:crypto';
import type { Instant } from '#app/lib/instant.ts';

/** Crockford's base32: no letter that is taken for a digit; orders like the number it writes. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

const base32 = (value: bigint, length: number): string => {
  let text = '';
  for (let rest = value, i = 0; i < length; i += 1, rest >>= 5n)
    // A five-bit number is always an index of the 32 letters.
    text = LETTERS.charAt(Number(rest & 31n)) + text;
  return text;
};

/**
 * Makes ids like `flg_01k3…`: 48 bits of milliseconds, then 80 random bits, 26 letters in all. Ids of
 * one process grow strictly, also within a millisecond and when the clock is set back.
 */
export const createIds = (now: () => Instant): ((prefix: string) => string) => {
  let last = 0n;
  return (prefix) => {
    const fresh = (BigInt(now()) << 80n) | BigInt(`0x${randomBytes(10).toString('hex')}`);
    last = fresh > last ? fresh : last + 1n;
    return `${prefix}_${base32(last, 26)}`;
  };
};
