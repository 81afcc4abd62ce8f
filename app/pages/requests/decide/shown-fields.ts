import { z } from 'zod';
import { seenCharge } from '#app/domain/remedies/remedy-draft-schema.ts';

/** The hash of what the page has shown. */
export const shownHash = z.string().regex(/^[0-9a-f]{64}$/, { error: 'expected what was shown' });

/** The charge as the page has shown it, as JSON. */
export const seenText = z
  .string()
  .max(500)
  .transform((text, context) => {
    try {
      return seenCharge.parse(JSON.parse(text));
    } catch {
      context.addIssue('expected the charge as it was shown');
      return z.NEVER;
    }
  });
