import { useMemo, useState } from 'react';
import type { ShownLine } from '#app/pages/shared/merge-rows.ts';
import { useSelection } from '#app/pages/flags/selection.tsx';
import type { Selection } from '#app/pages/flags/selection.tsx';

export interface Targets {
  chosen: ShownLine | null;
  setChosen: (id: string | null) => void;
  /** What a decision is for: the ticked rows, or else the chosen one. */
  targets: readonly ShownLine[];
  selection: Selection;
}

export function useTargets(rows: readonly ShownLine[]): Targets {
  const selection = useSelection();
  const [chosenId, setChosen] = useState<string | null>(null);
  const chosen = rows.find(({ id }) => id === chosenId) ?? null;
  const targets = useMemo(() => {
    const ticked = rows.filter(({ id, gone }) => selection.ids.has(id) && !gone);
    if (ticked.length > 0) return ticked;
    return chosen && !chosen.gone ? [chosen] : [];
  }, [rows, selection.ids, chosen]);
  return { chosen, setChosen, targets, selection };
}
