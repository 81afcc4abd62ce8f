import { ProductTrouble } from '#app/outside/product-api/open-product-api.ts';
import { StripeTrouble } from '#app/outside/stripe/trouble.ts';

/** What a look outside has shown. */
export type Live<T> =
  { kind: 'found'; value: T } | { kind: 'absent' } | { kind: 'unreadable'; words: string };

/** Reads from outside; that it cannot be read is an answer too. Throws what is not the outside's trouble. */
export const readOutside = async <T>(read: () => Promise<T | null>): Promise<Live<T>> => {
  try {
    const value = await read();
    return value === null ? { kind: 'absent' } : { kind: 'found', value };
  } catch (error) {
    if (error instanceof StripeTrouble || error instanceof ProductTrouble)
      return { kind: 'unreadable', words: error.message };
    throw error;
  }
};
