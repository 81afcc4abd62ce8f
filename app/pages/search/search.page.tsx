import { guarded } from '#app/platform/guarded.ts';

export const loader = guarded('customers.search', { audit: 'none' }, async ({ app }) => ({ ticket: app.ticket }));

export default function Page() {
  return <h1>Search</h1>;
}
