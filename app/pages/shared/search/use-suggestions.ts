import { useEffect, useState } from 'react';

interface Suggestion {
  path: string;
  /** The customer's name, or its id where nobody has told us a name. */
  title: string;
  reason: string;
}
export interface Suggestions {
  results: Suggestion[];
  more: boolean;
}

/** Long enough that a quick typist asks once, short enough to feel immediate. */
const PAUSE = 120;

export interface Asked extends Suggestions {
  /** The text that this answers. */
  text: string;
  /** Said instead of results: too many questions, signed out, no connection. */
  trouble: string | null;
}

const nothing = (text: string, trouble: string | null = null): Asked => ({
  text,
  trouble,
  results: [],
  more: false,
});

async function ask(text: string, signal: AbortSignal): Promise<Asked> {
  const answer = await fetch('/search/suggestions', {
    method: 'POST',
    body: new URLSearchParams({ q: text }),
    headers: { Accept: 'application/json' },
    signal,
  });
  if (answer.status === 429) return nothing(text, 'Too many searches. Press Enter in a moment.');
  if (answer.status === 401) return nothing(text, 'You are signed out.');
  if (!answer.ok) return nothing(text, 'No suggestions right now. Press Enter to search.');
  // Our own resource answers in this form whenever the status is a success.
  const suggestions: Suggestions = await answer.json();
  return { text, trouble: null, ...suggestions };
}

/** Suggestions for what is being typed. An answer that comes after a newer question is dropped. */
export function useSuggestions(typed: string, active: boolean): Asked | null {
  const [asked, setAsked] = useState<Asked | null>(null);
  const text = typed.trim();
  const wanted = active && text.length > 1;
  useEffect(() => {
    if (!wanted) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      ask(text, stop.signal).then(setAsked, () => {
        if (!stop.signal.aborted) setAsked(nothing(text, 'No connection.'));
      });
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, wanted]);
  return wanted ? asked : null;
}
