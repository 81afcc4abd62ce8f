import { useEffect, useRef } from 'react';

type KeyActions = Readonly<Record<string, () => void>>;

const acceptsKeys = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, a, button, summary, dialog') !== null;

/**
 * Keys of a page, wherever the focus is, unless something there takes the key itself. A key that is held
 * down acts once: nobody decides twice by leaning on it.
 */
export function useRequestKeys(actions: KeyActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isChord = event.ctrlKey || event.metaKey || event.altKey;
      if (event.defaultPrevented || isChord || event.repeat || acceptsKeys(event.target)) return;
      const { current } = latest;
      const act = Object.hasOwn(current, event.key) ? current[event.key] : undefined;
      if (act === undefined || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
