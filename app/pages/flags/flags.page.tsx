import { guarded } from '#app/platform/guarded.ts';

export const loader = guarded('flags.view', { audit: 'none' }, async ({ app }) => ({ ticket: app.ticket }));

export default function Page() {
  return <h1>Flags</h1>;
}
