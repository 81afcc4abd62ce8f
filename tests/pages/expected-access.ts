import type { Permission } from '#app/domain/roles.ts';

/** What one address answers to whom. Statuses are those of a permitted person who sends nothing. */
export interface Access {
  /** The path of app/routes.ts; `''` is the start. */
  path: string;
  /** The router's name for it. */
  id: string;
  /** Whom the loader lets through; null: there is no loader. */
  reads: Permission | 'public' | null;
  /** Statuses of a whole page and of its facts (`?_data=`). */
  get: readonly [number, number];
  /** Whom the action lets through; null: there is none. */
  acts: Permission | 'public' | null;
  post: readonly [number, number];
}

/** The one table of who may do what where. An address that is not in it fails the test. */
export const EXPECTED: readonly Access[] = [
  {
    path: '',
    id: 'pages/flags/flags.page',
    reads: 'flags.view',
    get: [200, 200],
    acts: null,
    post: [405, 405],
  },
  {
    path: 'flags/rows',
    id: 'pages/flags/rows.resource',
    reads: 'flags.view',
    get: [200, 200],
    acts: null,
    post: [405, 405],
  },
  {
    path: 'flags/bulk',
    id: 'pages/flags/bulk.action',
    reads: 'flags.view',
    get: [303, 204],
    acts: 'flags.assign',
    post: [422, 422],
  },
  {
    path: 'flags/:id',
    id: 'pages/flags/flag.action',
    reads: 'flags.view',
    get: [303, 204],
    acts: 'flags.dismiss-low',
    post: [422, 422],
  },
  {
    path: 'flags/:id/history',
    id: 'pages/flags/history.resource',
    reads: 'flags.view',
    get: [404, 404],
    acts: null,
    post: [405, 405],
  },
  {
    path: 'customers/:id',
    id: 'pages/customer/customer.page',
    reads: 'customers.view',
    get: [404, 404],
    acts: null,
    post: [405, 405],
  },
  {
    path: 'customers/:id/rows',
    id: 'pages/customer/rows.resource',
    reads: 'customers.view',
    get: [400, 400],
    acts: null,
    post: [405, 405],
  },
  {
    path: 'customers/:id/record',
    id: 'pages/customer/record.resource',
    reads: 'customers.view',
    get: [400, 400],
    acts: null,
    post: [405, 405],
  },
  {
    path: 'customers/:id/settled-flags',
    id: 'pages/customer/settled-flags.resource',
    reads: 'customers.view',
    get: [200, 200],
    acts: null,
    post: [405, 405],
  },
  {
    path: 'customers/:id/remedies',
    id: 'pages/remedies/ask.action',
    reads: 'requests.view',
    get: [303, 204],
    acts: 'requests.ask',
    post: [422, 422],
  },
  {
    path: 'customers/:id/remedies/preview',
    id: 'pages/remedies/preview.resource',
    reads: null,
    get: [400, 400],
    acts: 'requests.ask',
    post: [422, 422],
  },
  {
    path: 'requests',
    id: 'pages/requests/requests.page',
    reads: 'requests.view',
    get: [200, 200],
    acts: null,
    post: [405, 405],
  },
  {
    path: 'requests/settled',
    id: 'pages/requests/settled.page',
    reads: 'requests.view',
    get: [200, 200],
    acts: null,
    post: [405, 405],
  },
  {
    path: 'requests/drift',
    id: 'pages/requests/drift.page',
    reads: 'drift.view',
    get: [200, 200],
    acts: 'drift.compare',
    post: [409, 409],
  },
  {
    path: 'requests/:id',
    id: 'pages/requests/request.page',
    reads: 'requests.view',
    get: [404, 404],
    acts: null,
    post: [405, 405],
  },
  {
    path: 'requests/:id/decision',
    id: 'pages/requests/decision.action',
    reads: 'requests.view',
    get: [303, 204],
    acts: 'requests.view',
    post: [422, 422],
  },
  {
    path: 'requests/:id/edit',
    id: 'pages/requests/edit.action',
    reads: 'requests.view',
    get: [303, 204],
    acts: 'requests.ask',
    post: [422, 422],
  },
  {
    path: 'requests/:id/withdraw',
    id: 'pages/requests/withdraw.action',
    reads: 'requests.view',
    get: [303, 204],
    acts: 'requests.ask',
    post: [422, 422],
  },
  {
    path: 'requests/:id/review',
    id: 'pages/requests/review.action',
    reads: 'requests.view',
    get: [303, 204],
    acts: 'requests.review',
    post: [422, 422],
  },
  {
    path: 'search',
    id: 'pages/search/search.page',
    reads: 'customers.search',
    get: [200, 200],
    acts: 'customers.search',
    post: [422, 422],
  },
  {
    path: 'search/suggestions',
    id: 'pages/search/suggestions.resource',
    reads: 'customers.search',
    get: [303, 204],
    acts: 'customers.search',
    post: [422, 422],
  },
  {
    path: 'audit',
    id: 'pages/audit/audit.page',
    reads: 'audit.view',
    get: [200, 200],
    acts: null,
    post: [405, 405],
  },
  {
    path: 'audit/rows',
    id: 'pages/audit/rows.resource',
    reads: 'audit.view',
    get: [200, 200],
    acts: null,
    post: [405, 405],
  },
  {
    path: 'mail',
    id: 'pages/mail/mail.page',
    reads: 'customers.view',
    get: [200, 200],
    acts: null,
    post: [405, 405],
  },
  {
    path: 'sign-in',
    id: 'pages/sign-in/sign-in.page',
    reads: 'public',
    get: [303, 204],
    acts: 'public',
    // Signed in already: led on, whatever was posted.
    post: [303, 422],
  },
  {
    path: 'sign-out',
    id: 'pages/sign-in/sign-out.action',
    reads: 'session.own',
    get: [303, 204],
    acts: 'session.own',
    post: [303, 204],
  },
  {
    path: 'theme',
    id: 'pages/shell/theme.action',
    reads: 'session.own',
    get: [303, 204],
    acts: 'session.own',
    post: [422, 422],
  },
  {
    path: 'events',
    id: 'pages/events/events.resource',
    reads: 'session.own',
    get: [200, 200],
    acts: null,
    post: [405, 405],
  },
  {
    path: '*',
    id: 'pages/not-found/not-found.page',
    reads: 'session.own',
    get: [404, 404],
    acts: 'session.own',
    post: [404, 404],
  },
];
