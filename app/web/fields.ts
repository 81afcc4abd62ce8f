import { z } from 'zod';

const LONGEST_ID = 255;

/** Ids of the book are opaque strings of 1 to 255 characters: whatever fits is looked up, and found or not. */
export const recordId = z
  .string()
  .refine((id) => id !== '' && id.length <= 2 * LONGEST_ID && Array.from(id).length <= LONGEST_ID, {
    error: 'expected an id',
  });

/** What an opened form is known by, made of chance where it was opened. */
export const formKey = z
  .string({ error: 'open the form anew: it has no key' })
  .regex(/^[\w-]{20,64}$/, { error: 'open the form anew: its key is none of ours' });

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
