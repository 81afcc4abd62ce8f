import type { RefObject } from 'react';
import { isDialogOpen, isTyping, useHotkeys } from '#app/ui/use-hotkeys.ts';

/** ⌘K (Ctrl K) from anywhere, and `/` where nobody is typing, put the cursor into the search box. */
export function useSearchKeys(field: RefObject<HTMLInputElement>): void {
  useHotkeys((event) => {
    const isCommand = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k';
    const isSlash = event.key === '/' && !event.metaKey && !event.ctrlKey && !event.altKey;
    if (!isCommand && (!isSlash || isTyping(event.target))) return;
    if (isDialogOpen()) return;
    event.preventDefault();
    field.current?.focus();
    field.current?.select();
  });
}
