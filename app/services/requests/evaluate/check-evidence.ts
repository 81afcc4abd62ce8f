import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { idOf } from '#app/domain/remedies/suggestion.ts';
import { invalid } from '#app/domain/requests/errors.ts';
import type { Refused } from '#app/domain/requests/errors.ts';
import type { RecordRef } from '#app/domain/book/record-ref.ts';
import { idsInBook } from '#db/queries/book/evidence.ts';
import type { Read } from '#db/store.ts';
import { parseRef } from '#app/domain/book/record-ref.ts';
/** Refuses evidence that is no record of this customer's book: nobody decides on what is not there. */
export async function evidenceError(
  read: Read,
  { customerId, evidence }: Pick<RemedyDraft, 'customerId' | 'evidence'>,
): Promise<Refused | null> {
  const missing: RecordRef[] = [];
  for (const type of new Set(evidence.map((ref) => parseRef(ref).type))) {
    const refs = evidence.filter((ref) => parseRef(ref).type === type);
    const known =
      type === 'customer'
        ? new Set([customerId])
        : await idsInBook(read, { customerId, type, ids: refs.map(idOf) });
    missing.push(...refs.filter((ref) => !known.has(idOf(ref))));
  }
  const [first] = missing;
  if (first === undefined) return null;
  const more = missing.length === 1 ? '' : ` and ${missing.length - 1} more`;
  return invalid({
    evidence: `This customer has no record ${first.slice(0, LONGEST)}${more}. Remove it.`,
  });
}

const LONGEST = 80;
