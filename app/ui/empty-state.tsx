import type { ReactNode } from 'react';

/** Says what would be here, and what to do about it being empty. */
export const EmptyState = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="px-3 py-4">
    <p className="font-medium">{title}</p>
    {children === undefined ? null : <div className="text-ink-quiet">{children}</div>}
  </div>
);
