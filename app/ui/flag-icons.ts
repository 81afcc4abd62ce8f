import type { SeverityLevel } from '#app/ui/severity.tsx';

/** The four shapes of severity as characters, for places where a drawing would be too much. */
export const FLAG_SIGNS: Record<SeverityLevel, string> = {
  critical: '⬣',
  high: '▲',
  medium: '◆',
  low: '○',
};
