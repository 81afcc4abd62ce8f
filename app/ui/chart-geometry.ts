import { scaleLinear, scaleUtc } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import type { SeverityLevel } from '#app/ui/severity.tsx';

/*
 * Where everything of a step chart lies, worked out once on the server. Across and down are percentages
 * of the plot, so nobody need know its width, and no chart library goes to the browser.
 */

export interface ChartMark {
  at: number;
  level: SeverityLevel;
  label: string;
  /** What the mark leads to: the `id` of an element of the page. */
  target: string;
}

/** Marks that would overlap, as one: it leads to the first of them. */
export interface PlacedMark {
  across: number;
  down: number;
  level: SeverityLevel;
  label: string;
  target: string;
}

export interface ChartGeometry {
  from: number;
  to: number;
  /** In a box of 1000 by 100. */
  line: string;
  ticks: { across: number; label: string }[];
  levels: { down: number; value: number }[];
  /** Where zero lies, if the line goes below it. */
  zero: number | null;
  marks: PlacedMark[];
  lowest: number;
  highest: number;
  first: number;
  last: number;
}

interface Series {
  from: number;
  to: number;
  /** The value from `from` on. */
  before: number;
  /** [epoch ms, the value from there on], oldest first. */
  steps: readonly (readonly [number, number])[];
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
/** Percent of the width within which marks are one: 24 pixels, the least a finger hits, of 600. */
const NEAR = 4;
const WORST: readonly SeverityLevel[] = ['critical', 'high', 'medium', 'low'];

const tickLabel = (date: Date): string =>
  date.getUTCDate() === 1 && date.getUTCMonth() === 0
    ? String(date.getUTCFullYear())
    : `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;

/** Lays out a line that holds each value until the next one, with marks on it. */
export function layOutSteps(series: Series, marks: readonly ChartMark[]): ChartGeometry {
  const { from, to, before, steps } = series;
  const inside = steps.filter(([at]) => at > from && at <= to);
  const start = steps.findLast(([at]) => at <= from)?.[1] ?? before;
  const points: [number, number][] = [
    [from, start],
    ...inside.map(([a, v]) => [a, v] as [number, number]),
  ];
  const last = points.at(-1)?.[1] ?? start;
  points.push([to, last]);
  const values = points.map(([, value]) => value);
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const x = scaleUtc().domain([from, to]).range([0, 100]);
  const y = scaleLinear()
    // Some room above, so that a flat line does not look like an edge.
    .domain([Math.min(0, lowest * 1.1), Math.max(highest * 1.1, lowest + 1, 1)])
    .range([100, 0]);
  const shape = { x: ([at]: [number, number]) => x(at) * 10, y: ([, v]: [number, number]) => y(v) };
  const valueAt = (at: number) => points.findLast(([since]) => since <= at)?.[1] ?? start;
  const placed = marks
    .filter(({ at }) => at >= from && at <= to)
    .map(({ at, ...mark }) => ({ ...mark, across: x(at), down: y(valueAt(at)) }));
  const path =
    line<[number, number]>(shape.x, shape.y).curve(curveStepAfter).digits(1)(points) ?? '';
  return {
    from,
    to,
    line: path,
    ticks: x.ticks(7).map((date) => ({ across: round(x(date)), label: tickLabel(date) })),
    levels: y.ticks(2).map((value) => ({ down: round(y(value)), value })),
    zero: lowest < 0 ? round(y(0)) : null,
    marks: together(placed),
    lowest,
    highest,
    first: start,
    last,
  };
}

const round = (percent: number): number => Math.round(percent * 100) / 100;

/** Joins neighbours that would overlap; the worst of them gives the shape. */
function together(placed: readonly PlacedMark[]): PlacedMark[] {
  const joined: (PlacedMark & { labels: string[] })[] = [];
  for (const mark of placed.toSorted((a, b) => a.across - b.across)) {
    const near = joined.at(-1);
    if (near === undefined || mark.across - near.across >= NEAR) {
      joined.push({ ...mark, labels: [mark.label] });
      continue;
    }
    near.labels.push(mark.label);
    if (WORST.indexOf(mark.level) >= WORST.indexOf(near.level)) continue;
    Object.assign(near, { level: mark.level, target: mark.target, down: mark.down });
  }
  return joined.map(({ labels, across, down, ...mark }) => ({
    ...mark,
    across: round(across),
    down: round(down),
    label:
      labels.length === 1 ? mark.label : `${labels.length} flags: ${labels.slice(0, 5).join('; ')}`,
  }));
}
