import { formatCredits } from '#app/domain/money/credits.ts';
import type { RemedyGuard } from '#app/domain/remedies/evaluation.ts';
import { Section } from '#app/pages/shared/section.tsx';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';

/** What must hold, looked at just now, and what it does to the balance. */
export function GuardsSection({ page: { weighed, content } }: { page: RequestDetail }) {
  if (weighed === null) return null;
  return (
    <>
      <Section label={content.kind === 'refund' ? 'Checks, just now' : 'Checks'}>
        <GuardList guards={weighed.guards} />
      </Section>
      {content.kind === 'generation_hold' ? null : (
        <Section label="Balance">
          <BalanceChange {...weighed.balance} />
        </Section>
      )}
    </>
  );
}

/** Each thing that must hold, with a mark for whether it does. */
export const GuardList = ({ guards }: { guards: readonly RemedyGuard[] }) => (
  <ul>
    {guards.map(({ id, holds, words }) => (
      <li key={id} className={`flex gap-2 ${holds ? '' : 'font-medium text-critical'}`}>
        <span aria-hidden className="w-3 flex-none">
          {holds ? '✓' : '✕'}
        </span>
        <span className="sr-only">{holds ? 'Passed: ' : 'Failed: '}</span>
        <span className="min-w-0">{words}</span>
      </li>
    ))}
  </ul>
);

/** The balance before and after, in credits. */
export const BalanceChange = ({ before, after }: { before: number; after: number }) => (
  <p className="number">
    {formatCredits(before)} <span aria-hidden>→</span>
    <span className="sr-only"> becomes </span> {formatCredits(after)} credits
    {after === before ? (
      <span className="text-ink-quiet"> (unchanged)</span>
    ) : (
      <span className="text-ink-quiet"> ({formatCredits(after - before, { signed: true })})</span>
    )}
    {after < 0 ? <strong className="text-critical"> below zero</strong> : null}
  </p>
);
