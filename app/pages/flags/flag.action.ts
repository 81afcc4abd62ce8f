import { guarded } from '#app/platform/guarded.ts';
import { notFound } from '#app/platform/http.ts';

export const action = guarded('flags.view', { audit: 'change' }, async () => {
  throw notFound();
});
