import { dayInWords } from '#app/domain/mail/refund-window.ts';
import { Part } from '#app/pages/requests/sheet-part.tsx';
import type { RequestPage, ShownStep } from '#app/services/money/load-request-page.ts';
import { TimeText } from '#app/ui/time-text.tsx';

/** What has been done outside, and how far it is. */
export const StepsPart = ({ page: { steps, now } }: { page: RequestPage }) =>
  steps.length === 0 ? null : (
    <Part label="Carried out">
      <ol className="grid gap-1">
        {steps.map((step) => (
          <li key={step.id}>
            <Step step={step} now={now} />
          </li>
        ))}
      </ol>
    </Part>
  );

function Step({ step, now }: { step: ShownStep; now: number }) {
  const { what, says, state, error, externalId, bankReference, expected, lastSentAt } = step;
  const bad = state === 'failed' || state === 'needs_review';
  return (
    <>
      <p>
        {what}: <span className={`font-medium ${bad ? 'text-high' : ''}`}>{says}</span>
        {lastSentAt === null ? null : (
          <span className="text-ink-quiet">
            , sent <TimeText at={lastSentAt} now={now} /> UTC
          </span>
        )}
      </p>
      {error === null ? null : (
        <p className="break-words text-ink-quiet">
          <bdi>{error}</bdi>
        </p>
      )}
      {expected === null ? null : (
        <p>
          On the customer’s statement between {dayInWords(expected.from)} and{' '}
          {dayInWords(expected.to)}, as a rule.
        </p>
      )}
      {externalId === null ? null : (
        <p className="break-words text-ink-quiet">
          <bdi>{externalId}</bdi>
          {bankReference === null ? (
            step.kind === 'stripe_refund' && ', no bank reference yet'
          ) : (
            <>
              , bank reference <bdi className="font-mono text-small">{bankReference}</bdi>
            </>
          )}
        </p>
      )}
    </>
  );
}
