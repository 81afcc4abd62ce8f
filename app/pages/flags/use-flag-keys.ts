import { isDialogOpen, isPlainKey, isWithin, useHotkeys } from '#app/ui/use-hotkeys.ts';

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

/** What takes keys itself. */
const TAKERS = 'input:not([type=checkbox]), textarea, select, a, button, summary, dialog';

/** The queue's keys, wherever the focus is, unless something there takes the key itself. */
export function useFlagKeys(keys: FlagKeys): void {
  useHotkeys((event) => {
    if (!isPlainKey(event) || isWithin(event.target, TAKERS)) return;
    const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
    // Leaning on a key moves on, and decides nothing.
    if (event.repeat && !MOVES.has(event.key)) return;
    if (act === undefined || isDialogOpen()) return;
    event.preventDefault();
    act(keys);
  });
}
