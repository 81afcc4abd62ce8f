import { DAY } from '#app/lib/instant.ts';
import { SEVERITIES } from '#app/domain/rules/rule.ts';
import type { FlagQueue, RuleCount } from '#app/services/flags/load-flag-queue.ts';
import { Disclosure } from '#app/ui/disclosure.tsx';
import { StackedBars } from '#app/ui/stacked-bars.tsx';
import { shortUtc } from '#app/ui/time-format.ts';

interface OpenedChartProps extends Pick<FlagQueue, 'days' | 'rules' | 'now'> {
  /** Only this rule's flags are counted. */
  chosen: string | null;
}

const BOTTOM_UP = SEVERITIES.toReversed();

/** Flags opened on each of the last 30 days, by severity in the drawing and by rule in the table. */
export function OpenedChart({ days, rules, chosen }: OpenedChartProps) {
  const counted = rules.filter(({ rule }) => chosen === null || rule === chosen);
  const bars = days.map((day, place) => ({
    label: dayOf(day),
    parts: BOTTOM_UP.map((level) => ({ level, value: openedOn(place, counted, level) })),
  }));
  const total = days.reduce((sum, _, place) => sum + openedOn(place, counted), 0);
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return null;
  const label = `${total} flags opened from ${dayOf(first)} to ${dayOf(last)}, by day and severity`;
  return (
    <section
      aria-label="Flags opened by day"
      className="flex-none border-b border-hairline px-3 py-2"
    >
      <StackedBars label={label} days={bars} />
      <div className="flex items-start justify-between gap-4 text-small text-ink-quiet">
        <span className="number">{dayOf(first)}</span>
        <Disclosure summary={`${total} opened in ${days.length} days, by rule and day`}>
          <OpenedTable days={days} rules={counted} />
        </Disclosure>
        <span className="number">{dayOf(last)}</span>
      </div>
    </section>
  );
}

const openedOn = (place: number, rules: readonly RuleCount[], level?: string): number =>
  rules
    .filter(({ severity }) => level === undefined || severity === level)
    .reduce((sum, { opened }) => sum + (opened[place] ?? 0), 0);

/** `3 May`, UTC. */
function dayOf(day: number): string {
  const [date = '', month = ''] = shortUtc(day * DAY, day * DAY).split(' ');
  return `${date} ${month}`;
}

/** The drawing's figures for those who do not see it, and for everybody who wants them by rule. */
const OpenedTable = ({ days, rules }: Pick<OpenedChartProps, 'days' | 'rules'>) => (
  // A wide table scrolls inside its own frame, which must be reachable by keys.
  <div
    className="max-h-64 max-w-[70vw] overflow-auto"
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- <fieldset> is for form controls
    role="group"
    aria-label="Opened by rule and day"
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    tabIndex={0}
  >
    <table className="text-ink [&_td]:px-1.5 [&_th]:px-1.5">
      <thead>
        <tr>
          <th scope="col" className="text-start">
            Rule
          </th>
          {days.map((day) => (
            <th key={day} scope="col" className="number text-end font-normal">
              {dayOf(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rules.map(({ rule, title, opened }) => (
          <tr key={rule}>
            <th scope="row" className="number text-start font-normal">
              {title}
            </th>
            {days.map((day, place) => (
              <td key={day} className="number text-end">
                {opened[place] ?? 0}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
