import { z } from 'zod';
import { refuse } from '#scripts/sandbox/stripe/protocol/errors.ts';
import type { FormTree } from '#scripts/sandbox/stripe/protocol/form.ts';

/*
 * The kinds of parameter. A form knows texts only, so each kind reads its value from one. The message of
 * an issue is Stripe's; its code stands before a `|`.
 */
const INVALID_INTEGER = 'parameter_invalid_integer';

const whole = z
  .string({
    error: ({ input }) => (input === undefined ? '' : `${INVALID_INTEGER}|Invalid integer`),
  })
  .superRefine((text, context) => {
    if (!/^-?\d{1,15}$/.test(text)) context.addIssue(`${INVALID_INTEGER}|Invalid integer: ${text}`);
  })
  .transform(Number);

export const integer = whole;

/** An amount in minor units that is at least `least`, and fits Stripe's eight digits. */
export const amount = (least: 0 | 1) =>
  whole.superRefine((value, context) => {
    if (value < least)
      context.addIssue(`${INVALID_INTEGER}|This value must be greater than or equal to ${least}.`);
    if (value > 99_999_999)
      context.addIssue('amount_too_large|Amount must be no more than 99999999');
  });

export const instant = whole;

export const text = z.string({
  error: ({ input }) => (input === undefined ? '' : 'parameter_invalid_string|Invalid string'),
});

/** A text that Stripe unsets where it is empty. */
export const clearable = text.transform((value) => (value === '' ? null : value));

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, {
    error: ({ input }) =>
      input === undefined ? '' : `|Invalid value: must be one of ${values.join(', ')}`,
  });

export const yesOrNo = oneOf(['true', 'false']).transform((value) => value === 'true');

const listShape = (value: unknown): unknown =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).every((key) => /^\d+$/.test(key))
    ? Object.values(value)
    : value;

/** `name[0]=…&name[1]=…` */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(listShape, z.array(item, { error: 'parameter_invalid_array|Invalid array' }));

/** At most 50 pairs, keys ≤ 40 and values ≤ 500 letters; an empty value removes its key. */
export const metadata = z
  .record(
    z.string().max(40, { error: '|Metadata keys can be at most 40 characters' }),
    text.max(500, { error: '|Metadata values can be at most 500 characters' }),
  )
  .or(z.literal('').transform(() => null));

export const address = z
  .strictObject({
    line1: clearable.optional(),
    line2: clearable.optional(),
    city: clearable.optional(),
    state: clearable.optional(),
    postal_code: clearable.optional(),
    country: clearable.optional(),
  })
  .or(z.literal('').transform(() => null));

const range = z
  .strictObject({
    gt: instant.optional(),
    gte: instant.optional(),
    lt: instant.optional(),
    lte: instant.optional(),
  })
  .or(instant.transform((at) => ({ gte: at, lte: at })));

/** What every request may carry. */
export const common = { expand: listOf(text).optional() };

/** What every list may carry. */
export const paging = {
  ...common,
  limit: whole
    .superRefine((value, context) => {
      if (value < 1)
        context.addIssue(`${INVALID_INTEGER}|This value must be greater than or equal to 1.`);
      if (value > 100)
        context.addIssue(`${INVALID_INTEGER}|This value must be less than or equal to 100.`);
    })
    .optional(),
  starting_after: text.optional(),
  ending_before: text.optional(),
  created: range.optional(),
};

/** `lines[0][amount]` */
const paramName = (path: readonly PropertyKey[]): string =>
  path.map((step, depth) => (depth === 0 ? String(step) : `[${String(step)}]`)).join('');

/** The innermost issue: of a union's members, the one that got furthest. */
const deepest = (issue: z.core.$ZodIssue): { issue: z.core.$ZodIssue; path: PropertyKey[] } => {
  if (issue.code !== 'invalid_union') return { issue, path: [...issue.path] };
  const inner = issue.errors
    .flat()
    .map(deepest)
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  return inner
    ? { issue: inner.issue, path: [...issue.path, ...inner.path] }
    : { issue, path: [...issue.path] };
};

/** Reads the parameters of a request; throws Stripe's refusal of the first wrong one. */
export const readParams = <T extends z.ZodType>(schema: T, tree: FormTree): z.output<T> => {
  const parsed = schema.safeParse(tree);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  if (!first) throw new Error('a failed parse without an issue');
  const { issue, path } = deepest(first);
  const name = paramName(path);
  if (issue.code === 'unrecognized_keys') {
    const unknown = issue.keys.map((key) => paramName([...path, key]));
    throw refuse({
      code: 'parameter_unknown',
      param: unknown[0],
      message: `Received unknown parameter${unknown.length > 1 ? 's' : ''}: ${unknown.join(', ')}`,
    });
  }
  if (issue.message === '')
    throw refuse({
      code: 'parameter_missing',
      param: name,
      message: `Missing required param: ${name}.`,
    });
  const [code, message] = issue.message.includes('|')
    ? issue.message.split('|', 2)
    : ['', issue.message];
  throw refuse({ ...(code ? { code } : {}), param: name, message: message ?? issue.message });
};
