import type { ReactNode } from 'react';
import type { ChartGeometry, PlacedMark } from '#app/ui/chart-geometry.ts';
import { severityColour, SeverityIcon } from '#app/ui/severity.tsx';

interface StepChartProps {
  geometry: ChartGeometry;
  /** What the line shows, in words: all that people who do not see it get. */
  description: string;
  formatValue: (value: number) => string;
  onMark?: (target: string) => void;
  /** Laid over the plot, e.g. to choose a span of it. */
  children?: ReactNode;
}

/** A line over time that steps from value to value, with marks that lead to what they stand for. */
export const StepChart = (props: StepChartProps) => {
  const { geometry, description, formatValue, onMark, children } = props;
  return (
    <figure className="chart">
      <div className="plot">
        <svg viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label={description}>
          <path className="area" d={`${geometry.line}V${geometry.zero ?? 100}H0Z`} />
          {geometry.levels.map(({ down }) => (
            <path key={down} className="grid" d={`M0 ${down}H1000`} />
          ))}
          {geometry.zero === null ? null : (
            <path className="grid zero" d={`M0 ${geometry.zero}H1000`} />
          )}
          <path className="line" d={geometry.line} />
        </svg>
        {children}
        {geometry.levels.map(({ down, value }) => (
          <span key={value} className="level number" style={{ top: `${down}%` }} aria-hidden>
            {formatValue(value)}
          </span>
        ))}
        {geometry.marks.map((mark) => (
          <Mark key={`${mark.across} ${mark.target}`} mark={mark} onMark={onMark} />
        ))}
        {geometry.ticks.map(({ across, label }, i) =>
          across > 2 && across < 98 ? (
            <span
              key={across}
              className={i % 2 === 0 ? 'tick' : 'tick odd'}
              style={{ left: `${across}%` }}
              aria-hidden
            >
              {label}
            </span>
          ) : null,
        )}
      </div>
    </figure>
  );
};

const Mark = ({ mark, onMark }: { mark: PlacedMark; onMark?: (target: string) => void }) => (
  <a
    href={`#${mark.target}`}
    className={`mark ${severityColour(mark.level)}`}
    style={{ left: `${mark.across}%`, top: `${mark.down}%` }}
    title={mark.label}
    aria-label={`${mark.level}: ${mark.label}`}
    onClick={() => onMark?.(mark.target)}
  >
    <SeverityIcon level={mark.level} />
  </a>
);
