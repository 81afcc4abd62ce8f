import { guarded } from '#app/platform/guarded.ts';

export const loader = guarded('customers.view', { audit: 'none' }, async ({ app }) => ({ ticket: app.ticket }));

export default function Page() {
  return <h1>Customer</h1>;
}
