import { Form, useSubmit } from '@remix-run/react';
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { withoutEmpty } from '#app/pages/shared/filter-query.ts';

interface FilterFormProps {
  /** Where the list is. */
  action: string;
  /** Filters that are chosen elsewhere and stay: name and value. */
  kept: readonly (readonly [string, string | null])[];
  children: ReactNode;
}

/** Choices that act as soon as one is made; without a script there is a button. */
export function FilterForm({ action, kept, children }: FilterFormProps) {
  const submit = useSubmit();
  return (
    <Form
      method="get"
      action={action}
      aria-label="Filters"
      className="flex flex-wrap items-center gap-3"
      onChange={(event) => submit(withoutEmpty(event.currentTarget))}
    >
      {kept.map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      {children}
      <noscript>
        <button type="submit" className="button">
          Apply
        </button>
      </noscript>
    </Form>
  );
}

interface FilterChoiceProps {
  name: string;
  label: string;
  /** What no choice means. */
  empty: string;
  filters: URLSearchParams;
  /** Value and words. */
  children: readonly (readonly string[])[];
}

export function FilterChoice({ name, label, empty, filters, children }: FilterChoiceProps) {
  const id = useId();
  const control = useRef<HTMLSelectElement>(null);
  const value = filters.get(name) ?? '';
  // The address may change by other ways than this control; it stays the same element, with its focus.
  useEffect(() => {
    if (control.current) control.current.value = value;
  }, [value]);
  return (
    <span className="flex items-center gap-1.5">
      <label htmlFor={id} className="text-ink-quiet">
        {label}
      </label>
      <select ref={control} id={id} name={name} defaultValue={value} className="input">
        <option value="">{empty}</option>
        {children.map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
    </span>
  );
}
