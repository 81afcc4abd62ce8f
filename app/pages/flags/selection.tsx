import { createContext, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
  set: (ids: Iterable<string>) => void;
}

const Context = createContext<Selection>({ ids: new Set(), toggle: () => {}, set: () => {} });

/** Which rows are ticked. Beside the table's rows, so that ticking one draws one box anew, not the table. */
export function SelectionProvider({ children }: { children: ReactNode }) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const selection = useMemo<Selection>(
    () => ({
      ids,
      toggle: (id) =>
        setIds((before) => {
          const after = new Set(before);
          if (!after.delete(id)) after.add(id);
          return after;
        }),
      set: (chosen) => setIds(new Set(chosen)),
    }),
    [ids],
  );
  return <Context.Provider value={selection}>{children}</Context.Provider>;
}

export const useSelection = (): Selection => useContext(Context);

export function SelectBox({ id, label }: { id: string; label: string }) {
  const { ids, toggle } = useSelection();
  return (
    <input
      type="checkbox"
      aria-label={`Select ${label}`}
      checked={ids.has(id)}
      onChange={() => toggle(id)}
      className="block"
    />
  );
}
