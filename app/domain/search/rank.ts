import type { RecordRef } from '#app/domain/book/record-ref.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { FoundRecord, Mention } from '#app/domain/search/result.ts';
import { describeMatch, describeMention } from '#app/domain/search/describe-match.ts';
/** How sure a hit is; higher comes first. */
export const SCORE = {
  id: 100,
  email: 95,
  name: 90,
  account: 85,
  mention: 80,
  /** Amount, day and card all fit; one less for each that was not written. */
  line: 78,
  nameStart: 60,
  idStart: 55,
  namePart: 50,
} as const;
/** From here on a hit is what was asked for, not something like it. */
const EXACT = SCORE.mention;

/** One line of the results. */
export interface SearchHit {
  customerId: string;
  /** What the customer's page is to choose; null: the customer itself was found. */
  choose: RecordRef | null;
  /** Why it is here: `payment $49.00, 3 May, ·4242`. */
  reason: string;
  /** The id of the record that was found. */
  recordId: string;
  score: number;
  /** When it took place; newer ones come first among equals. */
  at: Instant | null;
}

export const hitOf = (record: FoundRecord, score: number, now: Instant): SearchHit => ({
  customerId: record.customerId,
  choose: isPerson(record) ? null : `${record.type}:${record.id}`,
  reason: describeMatch(record, now),
  recordId: record.id,
  score: record.type === 'member' ? score - 1 : score,
  at: record.at,
});

export const hitOfMention = (mention: Mention): SearchHit => ({
  customerId: mention.customerId,
  choose: `${mention.byType}:${mention.byId}`,
  reason: describeMention(mention),
  recordId: mention.id,
  score: SCORE.mention,
  at: null,
});

/** An id that records give as their customer's, of whom no record tells more. */
export const hitOfAccount = (customerId: string, score: number): SearchHit => ({
  customerId,
  choose: null,
  reason: 'customer that only other records name',
  recordId: customerId,
  score,
  at: null,
});

const isPerson = ({ type }: FoundRecord): boolean => type === 'customer' || type === 'member';

/** Best first, each record once, and of one customer's people only the best. */
export function ranked(hits: readonly SearchHit[]): SearchHit[] {
  const best = new Map<string, SearchHit>();
  for (const hit of hits) {
    const key = `${hit.choose ?? ''} ${hit.customerId}`;
    const known = best.get(key);
    if (known === undefined || known.score < hit.score) best.set(key, hit);
  }
  return [...best.values()].toSorted(
    (a, b) =>
      b.score - a.score ||
      (b.at ?? 0) - (a.at ?? 0) ||
      (a.customerId < b.customerId ? -1 : a.customerId > b.customerId ? 1 : 0),
  );
}

/** The one hit that was meant, where the text names exactly one customer; null where there is a choice. */
export function soleExact(hits: readonly SearchHit[]): SearchHit | null {
  const exact = hits.filter(({ score }) => score >= EXACT);
  const [first] = exact;
  if (first === undefined) return null;
  if (exact.some(({ customerId }) => customerId !== first.customerId)) return null;
  // A name may be shared with somebody whose name only begins with it: then people choose.
  if (first.score < SCORE.email && first.score >= SCORE.name - 1 && hits.length > 1) return null;
  return exact.find(({ choose }) => choose !== null) ?? first;
}
