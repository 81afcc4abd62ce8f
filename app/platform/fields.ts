import { z } from 'zod';

/** Ids of the book and of the console: what Stripe, the product and we make, and nothing longer. */
export const recordId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/, { error: 'expected an id' });

const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/** `2026-05-03T09:12:44Z`, or a day, which means its first instant in UTC; gives epoch milliseconds. */
export const instantText = z
  .string()
  .refine((text) => INSTANT.test(text) && isRealInstant(text), {
    error: 'expected an instant such as 2026-05-03T09:12:44Z',
  })
  .transform((text) => Date.parse(text));

/** `Date.parse` takes 31 February for 3 March. */
const isRealInstant = (text: string): boolean => {
  const day = text.slice(0, 10);
  if (Number.isNaN(Date.parse(text)) || Number.isNaN(Date.parse(day))) return false;
  return new Date(Date.parse(day)).toISOString().startsWith(day);
};
