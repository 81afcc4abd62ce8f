import { Form, Link, useSubmit } from '@remix-run/react';
import { useId } from 'react';
import { STATE_WORDS } from '#app/domain/requests/life.ts';
import { KIND_WORDS } from '#app/domain/requests/request-words.ts';
import { REQUEST_KINDS, RESERVING_STATES } from '#app/domain/requests/request.ts';
import { requestsPath } from '#app/pages/requests/request-query.ts';
import type { RequestQueue } from '#app/services/money/load-requests.ts';

interface RequestFiltersProps {
  queue: Pick<RequestQueue, 'mine' | 'stuck' | 'all' | 'short'>;
  filters: URLSearchParams;
}

const LOOK = 'rounded-control px-2 py-1 text-ink hover:no-underline aria-[current=true]:bg-chosen';

/** Every filter is in the address. */
export function RequestFilters({ queue, filters }: RequestFiltersProps) {
  const { mine, stuck, all, short } = queue;
  const submit = useSubmit();
  const onlyMine = filters.get('mine') === '1';
  const inReview = filters.get('state') === 'needs_review';
  const views = [
    { words: 'All', count: all, to: requestsPath(filters, { mine: null, state: null }) },
    { words: 'Mine', count: mine, to: requestsPath(filters, { mine: '1', state: null }) },
  ];
  return (
    <>
      <nav aria-label="Whose" className="flex gap-1 border-s border-hairline ps-4">
        {views.map(({ words, count, to }) => (
          <Link
            key={words}
            to={to}
            aria-current={(words === 'Mine') === onlyMine && !inReview ? 'true' : undefined}
            className={LOOK}
          >
            {words} <span className="number text-ink-quiet">{count}</span>
          </Link>
        ))}
      </nav>
      <Form
        method="get"
        action="/requests"
        aria-label="Filters"
        className="flex flex-wrap items-center gap-3"
        onChange={(event) => submit(withoutEmpty(event.currentTarget))}
      >
        {onlyMine ? <input type="hidden" name="mine" value="1" /> : null}
        <Choice name="kind" label="Remedy" filters={filters}>
          {REQUEST_KINDS.map((kind) => [kind, KIND_WORDS[kind]])}
        </Choice>
        <Choice name="state" label="State" filters={filters}>
          {RESERVING_STATES.map((state) => [state, STATE_WORDS[state]])}
        </Choice>
        <noscript>
          <button type="submit" className="button">
            Apply
          </button>
        </noscript>
      </Form>
      {stuck === 0 ? null : (
        <p className="text-high">
          <span aria-hidden>▲ </span>
          <span className="number">{stuck}</span> stuck
        </p>
      )}
      {short === 0 ? null : (
        <p className="text-high" title="Fewer people are there than the policy asks for">
          <span aria-hidden>▲ </span>
          <span className="number">{short}</span> without enough deciders
        </p>
      )}
    </>
  );
}

interface ChoiceProps {
  name: 'kind' | 'state';
  label: string;
  filters: URLSearchParams;
  /** Value and words. */
  children: readonly (readonly [string, string])[];
}

function Choice({ name, label, filters, children }: ChoiceProps) {
  const id = useId();
  return (
    <span className="flex items-center gap-1.5">
      <label htmlFor={id} className="text-ink-quiet">
        {label}
      </label>
      <select
        // The address may change by other ways than this control.
        key={filters.get(name)}
        id={id}
        name={name}
        defaultValue={filters.get(name) ?? ''}
        className="input"
      >
        <option value="">All</option>
        {children.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </span>
  );
}

/** An address says nothing where nothing was chosen. */
function withoutEmpty(form: HTMLFormElement): FormData {
  const chosen = new FormData();
  for (const [name, value] of new FormData(form)) if (value !== '') chosen.append(name, value);
  return chosen;
}
