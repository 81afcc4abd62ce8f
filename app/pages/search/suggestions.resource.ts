import { z } from 'zod';
import { MINUTE } from '#app/lib/instant.ts';
import { customerPath } from '#app/pages/shared/paths.ts';
import type { Suggestions } from '#app/pages/shared/search/use-suggestions.ts';
import { guarded } from '#app/web/guarded.ts';
import { searchBook } from '#app/services/search/search-book.ts';
import { postOnly } from '#app/web/post-only.ts';

const MOST = 8;

export const loader = postOnly('customers.search', '/search');

/** Suggestions come while somebody types: a few for each search that a person means to make. */
export const action = guarded(
  'customers.search',
  {
    audit: 'none',
    form: z.object({ q: z.string() }),
    rate: { times: 300, within: MINUTE },
  },
  async ({ form, app }): Promise<Suggestions> => {
    const { results, more } = await searchBook(app, form.q, MOST);
    return {
      results: results.map(({ customerId, customerName, choose, reason }) => ({
        path: customerPath(customerId, choose),
        title: customerName ?? customerId,
        reason,
      })),
      more,
    };
  },
);
