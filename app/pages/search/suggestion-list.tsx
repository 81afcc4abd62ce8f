import { Link } from '@remix-run/react';
import type { Asked } from '#app/pages/search/use-suggestions.ts';

interface SuggestionListProps {
  /** The list is `id-list`, its options `id-0`, `id-1` … */
  id: string;
  /** Null: the list is closed. */
  asked: Asked | null;
  active: number;
  onPoint: (index: number) => void;
}

/** What the typed text may mean, under the search box. */
export function SuggestionList({ id, asked, active, onPoint }: SuggestionListProps) {
  return (
    <div hidden={asked === null} className="suggestions">
      <ul id={`${id}-list`} role="listbox" aria-label="Suggestions">
        {asked?.results.map(({ path, title, reason }, index) => (
          // The keys belong to the box, which names the active option; a pointer uses the link.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={`${path} ${reason}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onPointerMove={() => onPoint(index)}
          >
            <Link to={path} tabIndex={-1} className="flex gap-3 px-3 py-1.5">
              <span className="one-line max-w-1/2 flex-none text-ink">
                <bdi>{title}</bdi>
              </span>
              <span className="one-line text-ink-quiet">
                <bdi>{reason}</bdi>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {asked === null ? null : (
        <p className="px-3 py-1.5 text-small text-ink-quiet">
          {asked.trouble ?? footing(asked.results.length, asked.more)}
        </p>
      )}
    </div>
  );
}

const footing = (count: number, more: boolean): string =>
  count === 0
    ? 'Nothing in the book so far; Enter searches all the same.'
    : more
      ? 'Enter shows all.'
      : '↑ ↓ choose, Enter opens.';
