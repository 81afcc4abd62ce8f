import type { ReactNode } from 'react';

/** A part of the sheet: its name at the start side, what it says beside it. */
export const Section = ({ label, children }: { label: string; children: ReactNode }) => (
  <section
    aria-label={label}
    className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 border-t border-hairline pt-2"
  >
    <h3 className="text-small font-normal text-ink-quiet">{label}</h3>
    <div className="grid min-w-0 gap-1">{children}</div>
  </section>
);
