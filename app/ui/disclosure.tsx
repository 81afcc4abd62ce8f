import type { ReactNode } from 'react';

interface DisclosureProps {
  summary: ReactNode;
  /** Called each time it opens: what is inside may be loaded then. */
  onOpen?: () => void;
  children: ReactNode;
}

/** Native `<details>`: works before and without script. */
export const Disclosure = ({ summary, onOpen, children }: DisclosureProps) => (
  <details onToggle={(event) => event.currentTarget.open && onOpen?.()}>
    <summary className="text-small text-ink-quiet hover:text-ink">{summary}</summary>
    {children}
  </details>
);
