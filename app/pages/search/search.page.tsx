import {
  Form,
  isRouteErrorResponse,
  useActionData,
  useNavigation,
  useRouteError,
} from '@remix-run/react';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { MINUTE } from '#app/lib/instant.ts';
import { customerPath } from '#app/pages/shared/paths.ts';
import { SearchResults } from '#app/pages/search/search-results.tsx';
import { useLastAnswer } from '#app/pages/search/use-last-answer.ts';
import { guarded } from '#app/web/guarded.ts';
import { seeOther } from '#app/web/http.ts';
import { searchBook } from '#app/services/search/search-book.ts';
import { Button } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorText } from '#app/ui/error-text.tsx';
import { TextField } from '#app/ui/field.tsx';

const MOST = 50;

export const meta = () => [{ title: 'Search – Redress' }];

/** What thrown answers carry (how long to wait) reaches the browser. */
export const headers = ({ errorHeaders }: { errorHeaders?: Headers }) => errorHeaders ?? {};

export const loader = guarded('customers.search', { audit: 'none' }, async () => null);

/** The text comes in the body, so that no e-mail address ends up in an address bar or a log. */
export const action = guarded(
  'customers.search',
  {
    audit: 'none',
    form: z.object({ q: z.string() }),
    rate: { times: 60, within: MINUTE },
  },
  async ({ form, app }) => {
    const answer = await searchBook(app, form.q, MOST);
    if (answer.exact) throw seeOther(customerPath(answer.exact.customerId, answer.exact.choose));
    return { asked: form.q.slice(0, 500), ...answer };
  },
);

export default function SearchPage() {
  const answer = useLastAnswer(useActionData<typeof action>());
  const found = answer !== undefined && 'results' in answer ? answer : null;
  return (
    <SearchFrame asked={found?.asked ?? ''}>
      {found === null ? (
        <EmptyState title="Search for a customer, payment or invoice">
          Search by name, e-mail, member, any id, invoice number, bank reference, the last four
          digits of a card, or what a statement shows: “49.00 3 May 4242”. One exact hit opens at
          once.
        </EmptyState>
      ) : (
        <SearchResults {...found} />
      )}
    </SearchFrame>
  );
}

/** Too many searches: said where the results would be. Everything else is told by the frame of the page. */
export function ErrorBoundary() {
  const error = useRouteError();
  if (!isRouteErrorResponse(error) || error.status !== 429) throw error;
  return (
    <SearchFrame asked="">
      <div className="p-3">
        <ErrorText>More than 60 searches in a minute. Wait a moment, then search again.</ErrorText>
      </div>
    </SearchFrame>
  );
}

function SearchFrame({ asked, children }: { asked: string; children: ReactNode }) {
  const busy = useNavigation().state === 'submitting';
  return (
    <div className="mx-auto w-full max-w-5xl p-4">
      <h1 className="text-heading">Search</h1>
      <search aria-label="Data">
        <Form method="post" className="my-3 flex items-end gap-2">
          <div className="flex-1">
            <TextField key={asked} label="Search for" name="q" type="search" defaultValue={asked} />
          </div>
          <Button type="submit" look="primary" tall>
            {busy ? 'Searching…' : 'Search'}
          </Button>
        </Form>
      </search>
      {children}
    </div>
  );
}
