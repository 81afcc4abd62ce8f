import type { Asked } from '#app/domain/requests/asked.ts';

/**
 * What is asked as the text of a form, which `askedSchema` reads back: whole numbers as their digits,
 * evidence repeated, and nothing where nothing is named. The customer is the address's.
 */
export function writeAsked(asked: Asked): string {
  const { customerId: _inAddress, evidence, ...fields } = asked;
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null) form.append(name, String(value));
  }
  for (const ref of evidence) form.append('evidence', ref);
  return form.toString();
}
