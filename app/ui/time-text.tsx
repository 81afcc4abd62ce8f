import type { ReactNode } from 'react';
import { shortUtc, timeTitle } from '#app/ui/time-format.ts';

interface TimeTextProps {
  /** Epoch milliseconds. */
  at: number;
  /** The page's own now, from the loader: server and browser must write the same. */
  now: number;
  /** The customer's IANA zone, for the tooltip. */
  zone?: string | null;
  /** Other words than the short UTC time, e.g. `42 minutes ago`. */
  children?: ReactNode;
}

export const TimeText = ({ at, now, zone = null, children }: TimeTextProps) => (
  <time dateTime={new Date(at).toISOString()} title={timeTitle(at, zone)} className="number">
    {children ?? shortUtc(at, now)}
  </time>
);
