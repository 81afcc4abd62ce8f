import { guarded } from '#app/web/guarded.ts';
import { notFound } from '#app/web/http.ts';

/** Every address that no other page has. */
export const loader = guarded('session.own', { audit: 'none' }, async () => {
  throw notFound();
});

export const action = guarded('session.own', { audit: 'none' }, async () => {
  throw notFound();
});

/** Never rendered: the loader always ends in the error boundary. The router wants a page all the same. */
export default function NotFoundPage() {
  return null;
}
