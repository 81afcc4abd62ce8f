import type { ReactNode } from 'react';

/** What went wrong, in words, with a sign besides the colour; announced when it appears. */
export const ErrorText = ({ id, children }: { id?: string; children: ReactNode }) => (
  <p id={id} role="alert" className="flex gap-1.5 text-small text-critical">
    <span aria-hidden>✕</span>
    <span>{children}</span>
  </p>
);
