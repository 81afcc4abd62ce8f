import { formatDay } from '#app/domain/time/format-day.ts';
import { Section } from '#app/pages/shared/section.tsx';
import type {
  RequestDetail,
  ShownOperation,
} from '#app/services/requests/views/load-request-page.ts';
import { TimeText } from '#app/ui/time-text.tsx';
/** What has been done outside, and how far it is. */
export const OperationsSection = ({ page: { steps, now } }: { page: RequestDetail }) =>
  steps.length === 0 ? null : (
    <Section label="Progress">
      <ol className="grid gap-1">
        {steps.map((step) => (
          <li key={step.id}>
            <Step step={step} now={now} />
          </li>
        ))}
      </ol>
    </Section>
  );

function Step({ step, now }: { step: ShownOperation; now: number }) {
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
          On the customer’s statement between {formatDay(expected.from)} and{' '}
          {formatDay(expected.to)}, as a rule.
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
