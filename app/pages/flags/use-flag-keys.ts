import { useEffect, useRef } from 'react';

export interface FlagKeys {
  move: (by: number) => void;
  toggle: () => void;
  open: () => void;
  assign: () => void;
  snooze: () => void;
  dismiss: () => void;
  letGo: () => void;
}

const KEYS: Record<string, (keys: FlagKeys) => void> = {
  j: ({ move }) => move(1),
  k: ({ move }) => move(-1),
  x: ({ toggle }) => toggle(),
  Enter: ({ open }) => open(),
  a: ({ assign }) => assign(),
  s: ({ snooze }) => snooze(),
  d: ({ dismiss }) => dismiss(),
  Escape: ({ letGo }) => letGo(),
};

const MOVES: ReadonlySet<string> = new Set(['j', 'k']);

const acceptsKeys = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input:not([type=checkbox]), textarea, select, a, button, summary, dialog') !==
    null;

/** The queue's keys, wherever the focus is, unless something there takes the key itself. */
export function useFlagKeys(keys: FlagKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isChord = event.ctrlKey || event.metaKey || event.altKey;
      if (event.defaultPrevented || isChord || acceptsKeys(event.target)) return;
      const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
      // Leaning on a key moves on, and decides nothing.
      if (event.repeat && !MOVES.has(event.key)) return;
      if (act === undefined || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      act(latest.current);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
