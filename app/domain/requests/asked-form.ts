import type { Asked } from '#app/domain/requests/asked.ts';

/** The fields of a form; a list is the field repeated. */
export type FormFields = Record<string, string | string[]>;

/** What is asked as the fields that `askedSchema` reads: nothing is an empty field. */
export function formOf(asked: Asked): FormFields {
  const fields: FormFields = {};
  const { again, ...plain } = asked;
  if (again !== undefined) Object.assign(fields, { after: again.after, again: again.because });
  for (const [name, value] of Object.entries(plain)) {
    fields[name] = Array.isArray(value) ? [...value] : String(value ?? '');
  }
  return fields;
}

/** The same as the text of a form; whose it is, its address says. */
export function writeAsked(asked: Asked): string {
  const { customerId: _inAddress, ...fields } = formOf(asked);
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const text of Array.isArray(value) ? value : [value]) form.append(name, text);
  }
  return form.toString();
}
