import { z } from 'zod';
import type { Instant } from '#app/domain/instant.ts';
import { readInstant } from '#app/domain/book/read-instant.ts';

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

export const text = z.string({ error: lacksOr('must be a string') });

export const id = text.refine(isIdLength, { error: 'must have 1 to 255 characters' });

export const yesOrNo = z.boolean({ error: lacksOr('must be true or false') });

const number = z.number({ error: lacksOr('must be a number within the safe range') });

/** A safe integer of either sign. -0 becomes 0: databases know one zero only. */
export const integer = number
  .refine(Number.isSafeInteger, { abort: true, error: 'must be a whole number in the safe range' })
  .overwrite((value) => value + 0);

/** Money of a record that moves some, and credits that something brings: 0 or more. */
export const notNegative = integer.refine((value) => value >= 0, {
  error: 'must not be negative',
});

export const count = integer.refine((value) => value >= 1, { error: 'must be 1 or more' });

/** The one number that may have a fraction. */
export const seconds = number.refine((value) => value > 0 && value <= Number.MAX_SAFE_INTEGER, {
  error: 'must be above 0 and within the safe range',
});

export const currency = text.regex(/^[a-z]{3}$/, { error: 'must be three lower-case letters' });

/**
 * Text becomes epoch milliseconds, in one step: a transform is a schema of its own, which costs as much
 * as the whole reading.
 */
export const instant = text.check((context) => {
  const read = readInstant(context.value);
  // The cast below says so: what comes out is the number.
  if (read !== null) context.value = read as never;
  else {
    const message = 'must be an existing instant such as 2026-05-03T09:12:44.120Z';
    context.issues.push({ code: 'custom', message, input: context.value });
  }
}) as unknown as z.ZodType<Instant, string>;

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: lacksOr(`must be one of ${values.join(', ')}`) });

/** Absent and null are the same: null. */
export const optional = <T extends z.ZodType>(field: T) =>
  // The cast: zod wants the default as the field's own type, of which null is one here.
  z.nullable(field).default(null as never);
