interface Route {
  path?: string;
  index?: boolean;
  file: string;
}

const page = (path: string, file: string): Route => ({ path, file });

/** The whole map of addresses. The router's own names for it begin at `/`. */
export default [
  { index: true, file: 'pages/flags/flags.page.tsx' },
  page('flags/rows', 'pages/flags/rows.resource.ts'),
  page('flags/bulk', 'pages/flags/bulk.action.ts'),
  page('flags/:id', 'pages/flags/flag.action.ts'),
  page('flags/:id/history', 'pages/flags/history.resource.ts'),
  page('customers/:id', 'pages/customer/customer.page.tsx'),
  page('customers/:id/rows', 'pages/customer/rows.resource.ts'),
  page('customers/:id/record', 'pages/customer/record.resource.ts'),
  page('customers/:id/settled-flags', 'pages/customer/closed-flags.resource.ts'),
  page('customers/:id/remedies', 'pages/remedies/create-request.action.ts'),
  page('customers/:id/remedies/preview', 'pages/remedies/preview.resource.ts'),
  page('requests', 'pages/requests/queue/requests.page.tsx'),
  page('requests/settled', 'pages/requests/queue/closed-requests.page.tsx'),
  page('requests/drift', 'pages/reconciliation/reconciliation.page.tsx'),
  page('requests/drift/compare', 'pages/reconciliation/reconcile.action.ts'),
  page('requests/people', 'pages/approvers/approvers.page.tsx'),
  page('requests/people/lend', 'pages/approvers/delegate.action.ts'),
  page('requests/people/end-loan', 'pages/approvers/end-delegation.action.ts'),
  page('requests/people/leave', 'pages/approvers/out-of-office.action.ts'),
  page('requests/:id', 'pages/requests/detail/request.page.tsx'),
  page('requests/:id/decision', 'pages/requests/decide/decision.action.ts'),
  page('requests/:id/edit', 'pages/requests/decide/edit.action.ts'),
  page('requests/:id/edit/preview', 'pages/requests/decide/edit-preview.resource.ts'),
  page('requests/:id/withdraw', 'pages/requests/decide/withdraw.action.ts'),
  page('requests/:id/glass', 'pages/requests/decide/break-glass.action.ts'),
  page('requests/:id/review', 'pages/requests/decide/manual-review.action.ts'),
  page('requests/:id/letter', 'pages/requests/decide/held-mail.action.ts'),
  page('search', 'pages/search/search.page.tsx'),
  page('search/suggestions', 'pages/search/suggestions.resource.ts'),
  page('audit', 'pages/audit/audit.page.tsx'),
  page('audit/rows', 'pages/audit/rows.resource.ts'),
  page('restored', 'pages/restored/restored.page.tsx'),
  page('restored/confirm', 'pages/restored/confirm.action.ts'),
  page('mail', 'pages/mail/mail.page.tsx'),
  page('sign-in', 'pages/sign-in/sign-in.page.tsx'),
  page('sign-in/again', 'pages/sign-in/sign-in-again.action.ts'),
  page('sign-out', 'pages/sign-in/sign-out.action.ts'),
  page('theme', 'pages/shell/theme.action.ts'),
  page('events', 'pages/events/events.resource.ts'),
  page('*', 'pages/not-found/not-found.page.tsx'),
];
