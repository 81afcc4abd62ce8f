import { useCallback, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Suggestion } from '#app/domain/remedies/suggestion.ts';
import { RemedyPanel } from '#app/pages/shared/remedies/remedy-panel.tsx';
import type { RemedyPanelProps } from '#app/pages/shared/remedies/remedy-panel.tsx';

export interface Remedies {
  open: (proposal: Suggestion) => void;
  /** Null: closed. */
  panel: ReactNode;
}

/** The one remedy panel of the page. */
export function useRemedyPanel(page: Omit<RemedyPanelProps, 'proposal' | 'onClose'>): Remedies {
  const [opened, setOpened] = useState<{ proposal: Suggestion; times: number } | null>(null);
  // Where the focus goes back to: the button, or the flag that it stood in if it is gone by then.
  const opener = useRef<readonly (Element | null)[]>([]);
  const open = useCallback((proposal: Suggestion) => {
    const button = document.activeElement;
    opener.current = [button, button?.closest('[tabindex="-1"]') ?? null];
    // Pressed again, it starts anew; without this a closed panel's fields would come back.
    setOpened((before) => ({ proposal, times: (before?.times ?? 0) + 1 }));
  }, []);
  const close = useCallback(() => {
    setOpened(null);
    const place = opener.current.find((element) => element?.isConnected);
    if (place instanceof HTMLElement) place.focus({ preventScroll: true });
  }, []);
  const panel =
    opened === null ? null : (
      <RemedyPanel key={opened.times} {...page} proposal={opened.proposal} onClose={close} />
    );
  return { open, panel };
}
