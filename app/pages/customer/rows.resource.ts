import { guarded } from '#app/platform/guarded.ts';
import { notFound } from '#app/platform/http.ts';

export const loader = guarded('customers.view', { audit: 'none' }, async () => {
  throw notFound();
});
