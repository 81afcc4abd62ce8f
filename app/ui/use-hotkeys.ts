import { useEffect, useRef } from 'react';

/** Whether a key was pressed inside something that the selector names. */
export const isWithin = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null;

/** Whether a key was pressed inside something that takes text. */
export const isTyping = (target: EventTarget | null): boolean =>
  isWithin(target, 'input, textarea, select, [contenteditable]');

/** A key that nothing has taken yet, without a modifier that makes it the browser's. */
export const isPlainKey = (event: KeyboardEvent): boolean =>
  !(event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey);

export const isDialogOpen = (): boolean => document.querySelector('dialog[open]') !== null;

/** Hears every key of the page; the function of the latest render is called. */
export function useHotkeys(onKey: (event: KeyboardEvent) => void): void {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const call = (event: KeyboardEvent) => latest.current(event);
    document.addEventListener('keydown', call);
    return () => document.removeEventListener('keydown', call);
  }, []);
}
