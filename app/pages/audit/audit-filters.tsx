import { Form, Link, useSubmit } from '@remix-run/react';
import type { FormEvent, ReactNode } from 'react';
import { AUDIT_LABELS } from '#app/domain/audit/labels.ts';
import { withoutEmpty } from '#app/pages/shared/filter-query.ts';
import type { AuditFilterName } from '#app/pages/audit/audit-paths.ts';

interface AuditFiltersProps {
  staff: readonly { id: string; name: string }[];
  filters: URLSearchParams;
}

/** Every filter is in the address, so a finding can be sent on. People are chosen, never typed. */
export function AuditFilters({ staff, filters }: AuditFiltersProps) {
  const submit = useSubmit();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(withoutEmpty(event.currentTarget));
  };
  const of = (name: AuditFilterName) => ({
    name,
    defaultValue: filters.get(name) ?? '',
    className: 'input',
  });
  return (
    <Form
      // The address may change by other ways than these controls.
      key={filters.toString()}
      method="get"
      action="/audit"
      aria-label="Filters"
      className="flex flex-none flex-wrap items-end gap-x-3 gap-y-1.5 border-b border-hairline px-3 py-2"
      onSubmit={send}
    >
      <Labelled label="Customer id">
        <input {...of('customer')} size={20} pattern="[^@]*" title="An id, never an e-mail" />
      </Labelled>
      <Labelled label="Person">
        <select {...of('person')}>
          <option value="">Anyone</option>
          <option value="me">Me</option>
          <option value="nobody">System</option>
          {staff.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled label="What">
        <select {...of('kind')} className="input max-w-60">
          <option value="">Anything</option>
          {Object.entries(AUDIT_LABELS).map(([kind, words]) => (
            <option key={kind} value={kind}>
              {words}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled label="Ticket">
        <input
          {...of('for')}
          size={10}
          pattern="[A-Za-z0-9][A-Za-z0-9\-]*"
          title="Such as ZD-123"
        />
      </Labelled>
      <Labelled label="From (UTC)">
        <input {...of('from')} type="date" />
      </Labelled>
      <Labelled label="To, included">
        <input {...of('to')} type="date" />
      </Labelled>
      <button type="submit" className="button">
        Search
      </button>
      {[...filters].length === 0 ? null : <Link to="/audit">Show all</Link>}
    </Form>
  );
}

const Labelled = ({ label, children }: { label: string; children: ReactNode }) => (
  <label className="grid gap-0.5">
    <span className="text-small text-ink-quiet">{label}</span>
    {children}
  </label>
);
