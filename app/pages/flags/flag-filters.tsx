import { Form, Link, useSubmit } from '@remix-run/react';
import { useId } from 'react';
import type { FlagState } from '#app/domain/flags/flag.ts';
import { SEVERITIES } from '#app/domain/rules/rule.ts';
import { queuePath } from '#app/pages/flags/flag-query.ts';
import type { FlagQueue } from '#app/services/load-flag-queue.ts';

const STATES = ['open', 'snoozed', 'dismissed', 'closed'] as const satisfies FlagState[];

interface FlagFiltersProps {
  queue: Pick<FlagQueue, 'staff' | 'bySeverity' | 'total'>;
  filters: URLSearchParams;
}

/** Every filter is in the address: a view can be sent to a colleague and found again. */
export function FlagFilters({ queue, filters }: FlagFiltersProps) {
  const submit = useSubmit();
  const state = filters.get('state') ?? 'open';
  const { staff, bySeverity } = queue;
  return (
    <div className="flex flex-none flex-wrap items-center gap-x-4 gap-y-1 border-b border-hairline px-3 py-1.5">
      <States chosen={state} filters={filters} />
      <Form
        method="get"
        action="/"
        aria-label="Filters"
        className="flex flex-wrap items-center gap-3"
        onChange={(event) => submit(withoutEmpty(event.currentTarget))}
      >
        {state === 'open' ? null : <input type="hidden" name="state" value={state} />}
        {filters.get('rule') ? (
          <input type="hidden" name="rule" value={filters.get('rule') ?? ''} />
        ) : null}
        <Choice name="severity" label="Severity" filters={filters} empty="All">
          {SEVERITIES.map((one) => [one, `${one} (${bySeverity[one]})`])}
        </Choice>
        <Choice name="assignee" label="Assigned to" filters={filters} empty="Anyone">
          {[['me', 'Me'], ['nobody', 'Nobody'], ...staff.map(({ id, name }) => [id, name])]}
        </Choice>
        <Choice name="sort" label="Within severity" filters={filters} empty="Money at risk">
          {[['age', 'Oldest first']]}
        </Choice>
        <noscript>
          <button type="submit" className="button">
            Apply
          </button>
        </noscript>
      </Form>
    </div>
  );
}

const States = ({ chosen, filters }: { chosen: string; filters: URLSearchParams }) => (
  <nav aria-label="State" className="flex gap-1">
    {STATES.map((one) => (
      <Link
        key={one}
        to={queuePath(filters, { state: one === 'open' ? null : one })}
        aria-current={one === chosen ? 'true' : undefined}
        className="rounded-control px-2 py-1 text-ink capitalize hover:no-underline aria-[current=true]:bg-chosen"
      >
        {one}
      </Link>
    ))}
  </nav>
);

interface ChoiceProps {
  name: string;
  label: string;
  /** What no choice means. */
  empty: string;
  filters: URLSearchParams;
  /** Value and words. */
  children: readonly (readonly string[])[];
}

function Choice({ name, label, empty, filters, children }: ChoiceProps) {
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
        <option value="">{empty}</option>
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
