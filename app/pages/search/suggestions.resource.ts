import { z } from 'zod';
import { MINUTE } from '#app/lib/instant.ts';
import { customerPath } from '#app/pages/shared/paths.ts';
import type { Suggestions } from '#app/pages/shared/search/use-suggestions.ts';
import { guarded } from '#app/web/guarded.ts';
import { seeOther } from '#app/web/http.ts';
import { searchBook } from '#app/services/search/search-book.ts';

const MOST = 8;

/** Only for posting to: somebody who comes by address is led on. */
export const loader = guarded('customers.search', { audit: 'none' }, async () => {
  throw seeOther('/search');
});

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
