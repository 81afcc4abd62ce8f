import { Link } from '@remix-run/react';
import { customerPath } from '#app/pages/shared/paths.ts';
import type { SearchAnswer } from '#app/services/search/search-book.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';

/** One line for each thing found: whose it is, what it is and its id. */
export function SearchResults({ text, results, more, dayAlone }: SearchAnswer) {
  if (results.length === 0) return <NothingFound text={text} dayAlone={dayAlone} />;
  return (
    <>
      <output className="block px-3 py-1 text-ink-quiet">
        {more ? `First ${results.length} results` : `${results.length} found`}
      </output>
      <ol aria-label="Results" className="border-t border-hairline">
        {results.map(({ customerId, customerName, choose, reason, recordId }) => (
          <li key={`${customerId} ${choose} ${reason}`} className="border-b border-hairline">
            <Link
              to={customerPath(customerId, choose)}
              className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_minmax(0,1.2fr)] gap-3 px-3 py-1.5 hover:bg-raised hover:no-underline"
            >
              <span className="one-line font-medium">
                <bdi>{customerName ?? customerId}</bdi>
              </span>
              <span className="one-line text-ink">
                <bdi>{reason}</bdi>
              </span>
              <span className="one-line text-end font-mono text-small text-ink-quiet">
                <bdi>{recordId}</bdi>
              </span>
            </Link>
          </li>
        ))}
      </ol>
      {more ? (
        <p className="px-3 py-2 text-ink-quiet">
          Add a day, an amount or more letters to narrow it.
        </p>
      ) : null}
    </>
  );
}

const NothingFound = ({ text, dayAlone }: { text: string; dayAlone: boolean }) => (
  <EmptyState title={text === '' ? 'Enter a search' : 'No results'}>
    {dayAlone
      ? 'A day alone matches too many payments. Add the amount or the last four digits of the card.'
      : 'Try an e-mail, an id, or amount + date + last 4.'}
  </EmptyState>
);
