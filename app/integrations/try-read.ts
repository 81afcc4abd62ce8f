import { ProductUnavailableError } from '#app/integrations/product-api/create-product-api.ts';
import { StripeUnavailableError } from '#app/integrations/stripe/errors.ts';

/** What a look outside has shown. */
export type ReadResult<T> =
  { kind: 'found'; value: T } | { kind: 'absent' } | { kind: 'unreadable'; words: string };

/** Reads from outside; that it cannot be read is an answer too. Throws what is not the outside's trouble. */
export const tryRead = async <T>(read: () => Promise<T | null>): Promise<ReadResult<T>> => {
  try {
    const value = await read();
    return value === null ? { kind: 'absent' } : { kind: 'found', value };
  } catch (error) {
    if (error instanceof StripeUnavailableError || error instanceof ProductUnavailableError)
      return { kind: 'unreadable', words: error.message };
    throw error;
  }
};
