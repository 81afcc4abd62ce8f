import { Link, useNavigate, useSearchParams } from '@remix-run/react';
import type { FormEvent } from 'react';
import { CHART_DAYS, DEFAULT_DAYS } from '#app/pages/customer/chart-period.ts';
import { formatCredits } from '#app/domain/money/credits.ts';
import { DAY, toIso } from '#app/lib/instant.ts';
import type { Period } from '#app/services/customers/customer-page-data.ts';
import type { ChartGeometry } from '#app/ui/chart-geometry.ts';
import { SpanPicker } from '#app/ui/period-picker.tsx';
import { StepChart } from '#app/ui/step-chart.tsx';

interface BalanceChartProps {
  geometry: ChartGeometry;
  period: Period | null;
  days: number;
}

const day = (at: number): string => toIso(at).slice(0, 10);

/** Another address of the same page. */
function useAddress() {
  const [params] = useSearchParams();
  return (change: Record<string, string | null>): string => {
    const next = new URLSearchParams(params);
    next.delete('choose');
    for (const [name, value] of Object.entries(change)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    return `?${next.toString()}`;
  };
}

/** The balance as a line with the flags on it; dragging over it chooses the time that the tables show. */
export function BalanceChart({ geometry, period, days }: BalanceChartProps) {
  const address = useAddress();
  const navigate = useNavigate();
  const { from, to } = geometry;
  const share = (at: number) => Math.min(1, Math.max(0, (at - from) / (to - from)));
  const chosen = period === null ? null : ([share(period.from), share(period.until)] as const);
  const pick = (start: number, end: number) => {
    const at = (where: number) => from + where * (to - from);
    navigate(address({ from: day(at(start)), to: day(at(end)) }), { preventScrollReset: true });
  };
  return (
    <section aria-label="Balance" className="border-t border-hairline px-3 pt-1">
      <div className="flex min-h-7 flex-wrap items-center gap-x-4">
        <h2>Balance</h2>
        <DayLinks days={days} address={address} />
        <PeriodForm key={`${period?.from} ${period?.until}`} period={period} address={address} />
      </div>
      <StepChart
        geometry={geometry}
        description={describe(geometry, days)}
        formatValue={formatCredits}
        onMark={(target) => document.getElementById(target)?.focus()}
      >
        <SpanPicker chosen={chosen} onPick={pick} />
      </StepChart>
    </section>
  );
}

const describe = (geometry: ChartGeometry, days: number): string =>
  `Balance over ${days} days, from ${formatCredits(geometry.first)} to ` +
  `${formatCredits(geometry.last)} credits; lowest ${formatCredits(geometry.lowest)}, highest ` +
  `${formatCredits(geometry.highest)}. ${geometry.marks.length} marks for flags.`;

type Address = ReturnType<typeof useAddress>;

const DayLinks = ({ days, address }: { days: number; address: Address }) => (
  <span className="flex gap-2 text-small">
    {CHART_DAYS.map((count) => (
      <Link
        key={count}
        to={address({ days: count === DEFAULT_DAYS ? null : String(count) })}
        preventScrollReset
        aria-current={count === days || undefined}
        className="rounded-control px-1.5 text-ink-quiet aria-[current=true]:bg-chosen aria-[current=true]:text-ink"
      >
        {count} days
      </Link>
    ))}
  </span>
);

/** The same choice by keys: two dates. */
function PeriodForm({ period, address }: { period: Period | null; address: Address }) {
  const navigate = useNavigate();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => {
      const value = form.get(name);
      return typeof value === 'string' && value !== '' ? value : null;
    };
    navigate(address({ from: text('from'), to: text('to') }), { preventScrollReset: true });
  };
  const last = period !== null && period.until < Date.UTC(9999, 11, 31) ? day(period.until) : '';
  return (
    <form className="ms-auto flex items-center gap-1.5 text-small" onSubmit={submit}>
      <label>
        Rows from{' '}
        <input
          type="date"
          name="from"
          className="input period"
          defaultValue={period === null || period.from < DAY ? '' : day(period.from)}
        />
      </label>
      <label>
        to <input type="date" name="to" className="input period" defaultValue={last} />
      </label>
      <button className="button">Show</button>
      {period === null ? null : (
        <Link to={address({ from: null, to: null })} preventScrollReset className="button">
          All time
        </Link>
      )}
    </form>
  );
}
