import { z } from 'zod';
import type { Instant } from '#app/lib/instant.ts';
import { fastArray, fastObject, fastParse, quickly } from '#app/domain/book/fast-parse.ts';
import { readInstant } from '#app/domain/book/parse-instant.ts';

/*
 * The kinds of field a record may have. Messages complete a sentence that begins with the field's name:
 * "amount must not be negative".
 */
const lacksOr =
  (problem: string) =>
  ({ input }: { input?: unknown }): string =>
    input === undefined || input === null ? 'is missing' : problem;

const LONGEST_ID = 255;

/** Counts code points, but only where the count of code units leaves it open. */
const isIdLength = (id: string): boolean =>
  id.length > 0 &&
  (id.length <= LONGEST_ID || (id.length <= 2 * LONGEST_ID && [...id].length <= LONGEST_ID));

/** Code points of the longest text that a record may hold. */
const LONGEST_TEXT = 10_000;

const isTextLength = (text: string): boolean =>
  text.length <= LONGEST_TEXT ||
  (text.length <= 2 * LONGEST_TEXT && [...text].length <= LONGEST_TEXT);

const string = z.string({ error: lacksOr('must be a string') });

export const text = quickly(
  string.refine(isTextLength, { abort: true, error: 'must have at most 10,000 characters' }),
  (value) => (typeof value === 'string' && isTextLength(value) ? value : undefined),
);

export const id = quickly(
  string.refine(isIdLength, { error: 'must have 1 to 255 characters' }),
  (value) => (typeof value === 'string' && isIdLength(value) ? value : undefined),
);

export const yesOrNo = quickly(z.boolean({ error: lacksOr('must be true or false') }), (value) =>
  typeof value === 'boolean' ? value : undefined,
);

const number = z.number({ error: lacksOr('must be a number within the safe range') });

/** Reads whole numbers that are not below `least`. */
const wholeFrom =
  (least: number) =>
  (value: unknown): number | undefined =>
    Number.isSafeInteger(value) && Number(value) >= least ? Number(value) + 0 : undefined;

/** A safe integer of either sign. -0 becomes 0: databases know one zero only. */
export const integer = quickly(
  number
    .refine(Number.isSafeInteger, {
      abort: true,
      error: 'must be a whole number in the safe range',
    })
    .overwrite((value) => value + 0),
  wholeFrom(Number.MIN_SAFE_INTEGER),
);

/** Money of a record that moves some, and credits that something brings: 0 or more. */
export const notNegative = quickly(
  integer.refine((value) => value >= 0, { error: 'must not be negative' }),
  wholeFrom(0),
);

export const count = quickly(
  integer.refine((value) => value >= 1, { error: 'must be 1 or more' }),
  wholeFrom(1),
);

/** An absent place in an order, or null, is 0. */
export const orZero = quickly(
  // The cast: null has become 0 by then, which the type of an overwrite cannot say.
  z
    .nullable(integer)
    .check(z.overwrite((value) => value ?? 0))
    .default(0) as unknown as z.ZodType<number>,
  (value) => fastParse(integer)(value ?? 0),
);

const isDuration = (value: number): boolean => value > 0 && value <= Number.MAX_SAFE_INTEGER;

/** The one number that may have a fraction. */
export const seconds = quickly(
  number.refine(isDuration, { error: 'must be above 0 and within the safe range' }),
  (value) => (typeof value === 'number' && isDuration(value) ? value : undefined),
);

const CURRENCY = /^[a-z]{3}$/;

export const currency = quickly(
  string.regex(CURRENCY, { error: 'must be three lower-case letters' }),
  (value) => (typeof value === 'string' && CURRENCY.test(value) ? value : undefined),
);

/**
 * Text becomes epoch milliseconds, in one step: a transform is a schema of its own, which costs as much
 * as the whole reading.
 */
export const instant = quickly(
  text.check((context) => {
    const read = readInstant(context.value);
    // The cast below says so: what comes out is the number.
    if (read !== null) context.value = read as never;
    else {
      const message = 'must be an existing instant such as 2026-05-03T09:12:44.120Z';
      context.issues.push({ code: 'custom', message, input: context.value });
    }
  }) as unknown as z.ZodType<Instant, string>,
  (value) =>
    typeof value === 'string' && isTextLength(value)
      ? (readInstant(value) ?? undefined)
      : undefined,
);

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) => {
  const known = new Set<unknown>(values);
  return quickly(
    z.enum(values, { error: lacksOr(`must be one of ${values.join(', ')}`) }),
    (value) => (known.has(value) ? value : undefined),
  );
};

/** Absent and null are the same: null. */
export const optional = <T extends z.ZodType>(field: T) => {
  const read = fastParse(field);
  return quickly(
    // The cast: zod wants the default as the field's own type, of which null is one here.
    z.nullable(field).default(null as never),
    (value) => (value === undefined || value === null ? null : read(value)),
  );
};

export const listOf = <T extends z.ZodType>(field: T) =>
  quickly(z.array(field, { error: lacksOr('must be an array') }), fastArray(fastParse(field)));

export const objectOf = <T extends z.core.$ZodShape>(shape: T) =>
  quickly(z.object(shape, { error: lacksOr('must be an object') }), fastObject(shape));
