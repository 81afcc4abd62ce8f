import { z } from 'zod';
import { customerQuery, pastInstant, periodOf } from '#app/pages/customer/customer-query.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { badParameter } from '#app/web/http.ts';
import { loadMoreRows } from '#app/services/customers/load-more-rows.ts';
import { decodeCursor } from '#app/services/customers/row-cursor.ts';
import type { Start } from '#app/services/customers/row-cursor.ts';
import { parseRef } from '#app/domain/book/record-ref.ts';

const cursor = z.string().min(1).max(1_200);
const query = customerQuery.extend({
  region: z.enum(['ledger', 'payments', 'generations'], {
    error: 'expected ledger, payments or generations',
  }),
  older: cursor.optional(),
  newer: cursor.optional(),
  /** A record with its type: `payment:ch_1`. */
  around: cursor.optional(),
});

function startOf({ older, newer, around, region }: z.output<typeof query>): Start {
  if (around !== undefined) {
    const id = region === 'payments' ? around : parseRef(around).id;
    return { kind: 'around', id };
  }
  const text = older ?? newer;
  if (text === undefined) return { kind: 'newest' };
  const kind = older === undefined ? 'newer' : 'older';
  const place = decodeCursor(text);
  if (place === null) throw badParameter(kind, 'expected a cursor of this page');
  return { kind, place };
}

/** Further rows of one region of a customer's page, by cursor or around a record. */
export const loader = guarded(
  'customers.view',
  { audit: 'view-customer-rows', params: z.object({ id: recordId }), query },
  async ({ params, query: draft, app, request }) => {
    const toText = new URL(request.url).searchParams.get('to');
    const rows = await loadMoreRows(app, {
      customerId: params.id,
      region: draft.region,
      asOf: pastInstant(draft.asOf, app.now()),
      period: periodOf(draft, toText),
      start: startOf(draft),
    });
    return { page: rows };
  },
);
