import { isDialogOpen, isPlainKey, isWithin, useHotkeys } from '#app/ui/use-hotkeys.ts';

type KeyActions = Readonly<Record<string, () => void>>;

/** What takes keys itself. */
const TAKERS = 'input, textarea, select, a, button, summary, dialog';

/**
 * Keys of a page, wherever the focus is, unless something there takes the key itself. A key that is held
 * down acts once: nobody decides twice by leaning on it.
 */
export function useRequestKeys(actions: KeyActions): void {
  useHotkeys((event) => {
    if (!isPlainKey(event) || event.repeat || isWithin(event.target, TAKERS)) return;
    const act = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
    if (act === undefined || isDialogOpen()) return;
    event.preventDefault();
    act();
  });
}
