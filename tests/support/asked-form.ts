import { formOf } from '#app/domain/requests/asked-form.ts';
import { askedSchema } from '#app/domain/requests/asked-schema.ts';
import type { Asked } from '#app/domain/requests/asked.ts';

/** Sent as a form sends it and read as the console reads it; throws what does not fit. */
export function readAsForm(asked: Asked): Asked {
  const sent = new FormData();
  for (const [name, value] of Object.entries(formOf(asked))) {
    for (const one of Array.isArray(value) ? value : [value]) sent.append(name, one);
  }
  const given = [...new Set(sent.keys())].map((name) => [
    name,
    name === 'evidence' ? sent.getAll(name) : sent.get(name),
  ]);
  return askedSchema.parse(Object.fromEntries(given));
}
