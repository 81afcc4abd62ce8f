import type { PointerEvent } from 'react';
import type { Asked } from '#app/pages/shared/search/use-suggestions.ts';

interface SuggestionListProps {
  /** The list is `id-list`, its options `id-0`, `id-1` … */
  id: string;
  /** Null: the list is closed. */
  asked: Asked | null;
  active: number;
  onPoint: (index: number) => void;
  onPick: (path: string) => void;
}

/** The cursor stays in the box. */
const keepFocus = (event: PointerEvent): void => event.preventDefault();

/** What the typed text may mean, under the search box. */
export function SuggestionList({ id, asked, active, onPoint, onPick }: SuggestionListProps) {
  return (
    <div hidden={asked === null} className="suggestions">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label, jsx-a11y/no-noninteractive-element-to-interactive-role, jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus */}
      <ul id={`${id}-list`} role="listbox" aria-label="Suggestions">
        {asked?.results.map(({ path, title, reason }, index) => (
          // The combobox pattern: the box keeps the focus and the keys, and names the active option.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role, jsx-a11y/interactive-supports-focus
          <li
            key={`${path} ${reason}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onPointerMove={() => onPoint(index)}
            onPointerDown={keepFocus}
            onClick={() => onPick(path)}
            className="flex cursor-pointer gap-3 px-3 py-1.5"
          >
            <span className="one-line max-w-1/2 flex-none text-ink">
              <bdi>{title}</bdi>
            </span>
            <span className="one-line text-ink-quiet">
              <bdi>{reason}</bdi>
            </span>
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
    ? 'No quick match. Press Enter to search everything.'
    : more
      ? 'Enter shows all.'
      : '↑ ↓ choose, Enter opens.';
