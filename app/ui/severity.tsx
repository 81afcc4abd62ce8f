export type SeverityLevel = 'critical' | 'high' | 'medium' | 'low';

/** Four shapes, so that the level is told without colour as well. */
const SHAPES: Record<SeverityLevel, string> = {
  critical: 'M4 0h4l4 4v4l-4 4H4L0 8V4z',
  high: 'M6 1l6 10H0z',
  medium: 'M6 0l6 6-6 6-6-6z',
  low: 'M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9zm0 2a2.5 2.5 0 1 1 0 5a2.5 2.5 0 0 1 0-5z',
};
const COLOURS: Record<SeverityLevel, string> = {
  critical: 'text-critical',
  high: 'text-high',
  medium: 'text-medium',
  low: 'text-low',
};

export const SeverityIcon = ({ level }: { level: SeverityLevel }) => (
  <svg viewBox="0 0 12 12" width="10" height="10" fill="currentColor" aria-hidden>
    <path d={SHAPES[level]} />
  </svg>
);

/** Shape, colour and word together. */
export const Severity = ({ level }: { level: SeverityLevel }) => (
  <span className={`inline-flex items-center gap-1.5 font-medium ${COLOURS[level]}`}>
    <SeverityIcon level={level} />
    {level}
  </span>
);

export const severityColour = (level: SeverityLevel): string => COLOURS[level];
