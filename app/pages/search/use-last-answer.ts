import { useLocation } from '@remix-run/react';
import { useEffect } from 'react';

/** Places in the browser's history whose answers are kept. */
const MOST = 20;

/*
 * Text that was searched for stands in no address, so the browser has nothing to ask for when somebody
 * comes back to the results. They are kept in the window's memory, and gone when it is: signing out loads
 * a new document.
 */
const answers = new Map<string, object>();

/** The answer that this place in the history was given, also after coming back to it. */
export function useLastAnswer<T extends object>(given: T | undefined): T | undefined {
  const { key } = useLocation();
  useEffect(() => {
    if (given === undefined) return;
    answers.delete(key);
    answers.set(key, given);
    const [oldest] = answers.keys();
    if (answers.size > MOST && oldest !== undefined) answers.delete(oldest);
  }, [key, given]);
  // What is kept under a place was given to this same page.
  return given ?? (answers.get(key) as T | undefined);
}
