import type { Asked } from '#app/domain/requests/asked.ts';

/** The fields of a form; a list is the field repeated. */
export type FormFields = Record<string, string | string[]>;

/** What is asked as the fields that `askedSchema` reads: nothing is an empty field. */
export function formOf(asked: Asked): FormFields {
  const fields: FormFields = {};
  for (const [name, value] of Object.entries(asked)) {
    fields[name] = Array.isArray(value) ? [...value] : String(value ?? '');
  }
  return fields;
}
