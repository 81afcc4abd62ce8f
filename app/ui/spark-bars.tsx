const WIDTH = 40;
const HEIGHT = 14;

/** A row of bars the height of a word, for the shape alone; whoever shows it tells the figures in text. */
export function SparkBars({ values }: { values: readonly number[] }) {
  const most = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length);
  const bars = values.map((value, place) => {
    if (value === 0) return '';
    const height = Math.max(1.5, (value / most) * HEIGHT);
    return `M${round(place * step)} ${HEIGHT}v${round(-height)}h${round(step * 0.7)}v${round(height)}z`;
  });
  return (
    <svg width={WIDTH} height={HEIGHT} className="flex-none text-control" aria-hidden>
      <path d={bars.join('')} fill="currentColor" />
    </svg>
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;
