import { Link } from '@remix-run/react';
import { queuePath } from '#app/pages/flags/flag-paths.ts';
import type { FlagQueue, RuleCount } from '#app/services/flags/load-flag-queue.ts';
import { SeverityIcon, severityColour } from '#app/ui/severity.tsx';
import { SparkBars } from '#app/ui/spark-bars.tsx';

interface RuleListProps {
  queue: Pick<FlagQueue, 'rules'> & { rule?: string | undefined; state: string };
  filters: URLSearchParams;
}

/** How many flags each rule has, and how many it opened on each day of the last month; each filters. */
export function RuleList({ queue, filters }: RuleListProps) {
  const all = queue.rules.reduce((total, { count }) => total + count, 0);
  return (
    <nav
      aria-label="Rules"
      className="min-h-0 overflow-auto border-e border-hairline py-2 max-[900px]:hidden"
    >
      <ul>
        <li>
          <Link
            to={queuePath(filters, { rule: null })}
            aria-current={queue.rule === undefined ? 'true' : undefined}
            className="rule-link"
          >
            <span className="flex-1 ps-5">All rules</span>
            <span className="number text-ink-quiet">{all.toLocaleString('en-US')}</span>
          </Link>
        </li>
        {queue.rules.map((one) => (
          <li key={one.rule}>
            <RuleLink one={one} filters={filters} chosen={queue.rule === one.rule} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface RuleLinkProps {
  one: RuleCount;
  filters: URLSearchParams;
  chosen: boolean;
}

const RuleLink = ({ one, filters, chosen }: RuleLinkProps) => (
  <Link
    to={queuePath(filters, { rule: chosen ? null : one.rule })}
    aria-current={chosen ? 'true' : undefined}
    className="rule-link"
    title={`${one.title}: ${one.severity}`}
  >
    <span className={`w-3 flex-none ${severityColour(one.severity)}`}>
      <SeverityIcon level={one.severity} />
    </span>
    <span className="one-line flex-1">{one.title}</span>
    <SparkBars values={one.opened} />
    <span className="number w-7 flex-none text-end text-ink-quiet">
      {one.count.toLocaleString('en-US')}
    </span>
  </Link>
);
