import type { RefundContent, RequestContent } from '#app/domain/requests/request.ts';
type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

/** JSON with sorted keys and no spaces: equal values give equal bytes, whatever made them. */
export function canonicalJson(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

/** Where a remedy goes; refunds go back to the card that paid and nowhere else. */
const DESTINATION = {
  refund: 'original payment method',
  credit_adjustment: 'credit ledger',
  generation_hold: 'generation hold',
} as const;

/**
 * The text that an approval is bound to: what was asked, of which request, in which revision, going
 * where. Hashed by the caller. Evidence counts as a set.
 */
export const canonicalRequest = (id: string, revision: number, content: RequestContent): string =>
  canonicalJson({
    id,
    revision,
    destination: DESTINATION[content.kind],
    content: plainOf(content),
  });

/** Without the word where nothing is repeated: requests from before there was one keep their hash. */
export function plainOf({ again, ...content }: RequestContent | Omit<RefundContent, 'takeBack'>): {
  [key: string]: Plain;
} {
  const evidence = [...content.evidence].toSorted();
  return { ...content, evidence, ...(again === undefined ? {} : { again: { ...again } }) };
}
