import { formOf } from '#app/domain/remedies/remedy-draft.ts';
import { remedyDraftSchema } from '#app/domain/remedies/remedy-draft-schema.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';

/** Sent as a form sends it and read as the console reads it; throws what does not fit. */
export function readAsForm(asked: RemedyDraft): RemedyDraft {
  const sent = new FormData();
  for (const [name, value] of Object.entries(formOf(asked))) {
    for (const one of Array.isArray(value) ? value : [value]) sent.append(name, one);
  }
  const given = [...new Set(sent.keys())].map((name) => [
    name,
    name === 'evidence' ? sent.getAll(name) : sent.get(name),
  ]);
  return remedyDraftSchema.parse(Object.fromEntries(given));
}
