import type { SeverityLevel } from '#app/ui/severity.tsx';

export interface BarDay {
  /** The day in words: `3 May`. */
  label: string;
  /** From the bottom up. */
  parts: readonly { level: SeverityLevel; value: number }[];
}

const HEIGHT = 48;
const FILL: Record<SeverityLevel, string> = {
  critical: 'fill-critical',
  high: 'fill-high',
  medium: 'fill-medium',
  low: 'fill-low',
};

const sumOf = ({ parts }: BarDay): number => parts.reduce((sum, { value }) => sum + value, 0);

/**
 * One stacked bar a day, drawn on the server in percentages of the width. An image to screen readers:
 * the caller gives the figures as a table beside it.
 */
export function StackedBars({ label, days }: { label: string; days: readonly BarDay[] }) {
  const most = Math.max(1, ...days.map(sumOf));
  return (
    <div className="relative">
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${days.length * 10} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="block h-12 w-full"
      >
        <path d={`M0 ${HEIGHT - 0.5}h${days.length * 10}`} className="stroke-hairline" />
        {days.map((day, place) => (
          <Bar key={day.label} day={day} x={place * 10} scale={(HEIGHT - 1) / most} />
        ))}
      </svg>
      <span className="number absolute start-0 top-0 text-small text-ink-quiet">{most}</span>
    </div>
  );
}

function Bar({ day, x, scale }: { day: BarDay; x: number; scale: number }) {
  const notified = day.parts.filter(({ value }) => value > 0);
  const words = notified.map(({ level, value }) => `${value} ${level}`).join(', ') || 'none';
  const below = (place: number): number =>
    notified.slice(0, place).reduce((sum, { value }) => sum + value, 0);
  return (
    <g>
      <title>{`${day.label}: ${words}`}</title>
      <rect x={x} y={0} width={10} height={HEIGHT} fill="transparent" />
      {notified.map(({ level, value }, place) => (
        <rect
          key={level}
          x={x + 1.5}
          y={HEIGHT - 1 - (below(place) + value) * scale}
          width={7}
          height={value * scale}
          className={FILL[level]}
        />
      ))}
    </g>
  );
}
