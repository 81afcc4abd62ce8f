/** One line of the answer: a goal, or a part of one. */
export interface Result {
  goal: number;
  what: string;
  /** The medians behind the figure, in words. */
  measured: string;
  /** The figure that the goal is about. */
  value: number;
  unit: '×' | 'ms' | 'MiB' | 'KiB' | 'records/s' | 's';
  /** Reached where the value is at most (or, for rates, at least) this. */
  wanted: number;
  atLeast?: boolean;
}

/** Numbers as people read them: three figures where they are small. */
export const figure = (value: number): string =>
  value >= 1000
    ? Math.round(value).toLocaleString('en-US')
    : value >= 100
      ? value.toFixed(0)
      : value
          .toPrecision(3)
          .replace(/(\.\d*?)0+$/, '$1')
          .replace(/\.$/, '');

const isReached = ({ value, wanted, atLeast = false }: Result): boolean =>
  atLeast ? value >= wanted : value <= wanted;

const cellsOf = (result: Result): string[] => [
  String(result.goal),
  result.what,
  result.measured,
  `${figure(result.value)} ${result.unit}`,
  `${result.atLeast === true ? '≥' : '≤'} ${figure(result.wanted)} ${result.unit}`,
  isReached(result) ? 'reached' : 'NOT reached',
];

/** The one table that a run prints. */
export function writeTable(results: Result[]): string {
  const head = ['#', 'goal', 'measured (medians)', 'figure', 'wanted', ''];
  const rows = [head, ...results.map(cellsOf)];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
  return lines.join('\n');
}
