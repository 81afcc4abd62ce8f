import { Form, useLocation, useNavigate } from '@remix-run/react';
import { useId, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';
import { SuggestionList } from '#app/pages/shared/search/suggestion-list.tsx';
import { useSearchKeys } from '#app/pages/shared/search/use-search-keys.ts';
import { useSuggestions } from '#app/pages/shared/search/use-suggestions.ts';
import { Kbd } from '#app/ui/kbd.tsx';

const COMBOBOX = {
  'aria-label': 'Search',
  'aria-autocomplete': 'list',
  'aria-keyshortcuts': 'Meta+K Control+K /',
  placeholder: 'name, e-mail, id, invoice, “49.00 3 May 4242”',
  autoComplete: 'off',
  autoCorrect: 'off',
  autoCapitalize: 'off',
  spellCheck: false,
  className: 'input w-full pe-12',
} as const;

/** The search box of every page. Without script it is a plain form; with it, it suggests as one types. */
export function CommandBox() {
  const { field, typed, type, open, setOpen, asked, active, setActive, onKeyDown, navigate } =
    useBox();
  const id = useId();
  const results = asked?.results ?? [];
  const shown = open && asked !== null;
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    <search className="relative ms-auto block max-w-xl" onBlur={onBlur}>
      <Form method="post" action="/search" onSubmit={() => setOpen(false)}>
        <input
          ref={field}
          name="q"
          value={typed}
          onChange={(event) => type(event.target.value)}
          onFocus={() => setOpen(true)}
          onKeyDown={onKeyDown}
          {...COMBOBOX}
          role="combobox"
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        />
        <span className="pointer-events-none absolute end-2 top-1.5" aria-hidden>
          <Kbd>⌘K</Kbd>
        </span>
      </Form>
      <SuggestionList
        id={id}
        asked={shown ? asked : null}
        active={active}
        onPoint={setActive}
        onPick={navigate}
      />
      <output className="sr-only">{shown ? announced(results.length, asked.trouble) : ''}</output>
    </search>
  );
}

const announced = (count: number, trouble: string | null): string =>
  trouble ??
  (count === 0 ? 'No suggestions' : `${count} ${count === 1 ? 'suggestion' : 'suggestions'}`);

const NOWHERE = { text: undefined, index: -1 };

function useBox() {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [pointed, setPointed] = useState<{ text: string | undefined; index: number }>(NOWHERE);
  const draft = useSuggestions(typed, open);
  const navigate = useNavigate();
  useSearchKeys(field);
  // A page that has been left takes what was typed for it along.
  const { key } = useLocation();
  const [page, setPage] = useState(key);
  if (page !== key) {
    setPage(key);
    setTyped('');
    setOpen(false);
  }
  const active = pointed.text === draft?.text ? pointed.index : NOWHERE.index;
  const setActive = (index: number) => setPointed({ text: draft?.text, index });

  const type = (text: string) => {
    setTyped(text);
    setOpen(true);
  };
  const count = draft?.results.length ?? 0;
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = draft?.results[active];
    if (move !== undefined && count > 0) {
      setOpen(true);
      // Beyond either end stands the text itself, at -1.
      setActive(((active + 1 + move + count + 1) % (count + 1)) - 1);
    } else if (event.key === 'Enter' && open && chosen !== undefined) navigate(chosen.path);
    else if (event.key === 'Escape' && open && draft !== null) setOpen(false);
    else if (event.key === 'Escape') field.current?.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    field,
    typed,
    type,
    open,
    setOpen,
    asked: draft,
    active,
    setActive,
    onKeyDown,
    navigate,
  };
}
