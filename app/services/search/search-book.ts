import { asciiLower } from '#app/domain/search/clean-text.ts';
import { foldName } from '#app/domain/search/fold-name.ts';
import type { FoundRecord } from '#app/domain/search/result.ts';
import { parseQuery } from '#app/domain/search/parse-query.ts';
import type { SearchQuery } from '#app/domain/search/parse-query.ts';
import {
  hitOf,
  hitOfAccount,
  hitOfMention,
  ranked,
  SCORE,
  soleExact,
} from '#app/domain/search/rank.ts';
import type { SearchHit } from '#app/domain/search/rank.ts';
import { shortened } from '#app/domain/search/describe-match.ts';
import type { Deps } from '#app/services/deps.ts';
import { findPayments } from '#app/services/search/search-payments.ts';
import { mentionsOf } from '#db/queries/search/search-mentions.ts';
import {
  accountsStarting,
  accountsWithId,
  customerNames,
  peopleNamed,
  peopleStarting,
  peopleWithEmail,
} from '#db/queries/search/search-people.ts';
import { recordsStarting, recordsWithId } from '#db/queries/search/search-records.ts';

type SearchDeps = Pick<Deps, 'store' | 'now'>;

/** One line of the results, ready to be shown. */
interface SearchResult extends Omit<SearchHit, 'score' | 'at'> {
  /** Null where no customer record gives a name. */
  customerName: string | null;
}
export interface SearchAnswer {
  /** The text as it was understood. */
  text: string;
  results: SearchResult[];
  /** There were more than are shown. */
  more: boolean;
  /** What the text names beyond doubt; to be opened at once. */
  exact: SearchResult | null;
  /** A day was all that was written. */
  dayAlone: boolean;
}

const MOST_NAMED = 30;

/**
 * Everything in the book that pasted text may mean, best first, at most `most`. Source: the records as
 * they stand; nothing is written. Never refuses: text that means nothing has no results.
 */
export async function searchBook(
  deps: SearchDeps,
  pasted: string,
  most: number,
): Promise<SearchAnswer> {
  const query = parseQuery(pasted, deps.now());
  const sure = await findExact(deps, query);
  const settled = sure.length > 0 && isNothingButId(query);
  const hits = ranked(settled ? sure : [...sure, ...(await findSimilar(deps, query, most + 1))]);
  const shown = hits.slice(0, most);
  const names = await customerNames(
    deps.store.read,
    shown.map(({ customerId }) => customerId),
  );
  const toResult = ({ score: _score, at: _at, ...hit }: SearchHit): SearchResult => {
    const name = names.get(hit.customerId);
    return { ...hit, customerName: name === undefined ? null : shortened(name) };
  };
  const exact = soleExact(hits);
  return {
    text: query.text,
    results: shown.map(toResult),
    more: hits.length > shown.length,
    exact: exact && toResult(exact),
    dayAlone: hits.length === 0 && query.clues.length > 0,
  };
}

/** One word that is neither a card's digits nor an amount: where an id fits, nothing else was meant. */
const isNothingButId = ({ prefix, clues }: SearchQuery): boolean =>
  prefix !== null && clues.length === 0;

async function findExact({ store, now }: SearchDeps, query: SearchQuery): Promise<SearchHit[]> {
  const { ids, email } = query;
  const toHits = (records: FoundRecord[], score: number) =>
    records.map((record) => hitOf(record, score, now()));
  const [byId, byEmail, accounts] = await Promise.all([
    ids.length > 0 ? recordsWithId(store.read, ids) : [],
    email === null ? [] : peopleWithEmail(store.read, email),
    ids.length > 0 ? accountsWithId(store.read, ids) : [],
  ]);
  const known = new Set(byId.map(({ id }) => id));
  const missing = ids.filter((id) => !known.has(id));
  const mentions = missing.length > 0 ? await mentionsOf(store.read, missing) : [];
  return [
    ...toHits(byId, SCORE.id),
    ...toHits(byEmail, SCORE.email),
    ...accounts.filter((id) => !known.has(id)).map((id) => hitOfAccount(id, SCORE.account)),
    ...mentions.map(hitOfMention),
  ];
}

async function findSimilar(
  deps: SearchDeps,
  query: SearchQuery,
  most: number,
): Promise<SearchHit[]> {
  const { read } = deps.store;
  const { prefix, fragment } = query;
  const now = deps.now();
  const start = fragment === null ? null : asciiLower(fragment);
  const [payments, records, accounts, starting, named] = await Promise.all([
    findPayments(deps, query, most),
    prefix === null ? [] : recordsStarting(read, prefix),
    prefix === null ? [] : accountsStarting(read, prefix),
    start === null ? [] : peopleStarting(read, start),
    isNamePart(query) ? peopleNamed(read, query.text, MOST_NAMED) : [],
  ]);
  const byName = (record: FoundRecord, score: number): SearchHit =>
    hitOf(record, isNamed(record, query) ? SCORE.name : score, now);
  return [
    ...payments,
    ...records.map((record) => hitOf(record, SCORE.idStart, now)),
    ...accounts.map((id) => hitOfAccount(id, SCORE.idStart - 1)),
    ...starting.map((record) => byName(record, SCORE.nameStart)),
    ...named.map((record) => byName(record, SCORE.namePart)),
  ];
}

const isNamed = ({ label }: FoundRecord, { text }: SearchQuery): boolean =>
  label !== null && foldName(label) === foldName(text);

/** Shorter parts are in half of all names, and no index knows them: of those only beginnings are found. */
const isNamePart = (query: SearchQuery): boolean =>
  Array.from(foldName(query.fragment ?? '')).length > 2 && !isStatementLine(query);

/** Two clues or more and no word besides: nobody is called "49.00 3 May". */
const isStatementLine = ({ clues, within }: SearchQuery): boolean =>
  within === null &&
  clues.some(({ amounts, days, last4 }) => {
    const written = [amounts.length > 0, days.length > 0, last4 !== null];
    return written.filter(Boolean).length > 1;
  });
