import { LONGEST_LEAVE } from '#app/domain/requests/leave.ts';
import { faultsOf, OwnForm } from '#app/pages/people/own-form.tsx';
import { useSending } from '#app/pages/use-sending.ts';
import type { People } from '#app/services/money/load-people.ts';
import { TimeText } from '#app/ui/time-text.tsx';
import { morningAfter, UntilField } from '#app/ui/until-field.tsx';

/** That one is on leave until some day, or back: others see early where too few are there to decide. */
export function LeaveForm({ page: { mine, now } }: { page: People }) {
  const sending = useSending<{ done: object }>({});
  if (mine.whyNotLeave !== null) return <p className="text-ink-quiet">{mine.whyNotLeave}</p>;
  const shared = { path: '/requests/people/leave', sending };
  if (mine.awayUntil !== null) {
    return (
      <OwnForm label="My leave" button="I am back" done="" {...shared}>
        <p>
          You are on leave until{' '}
          <strong>
            <TimeText at={mine.awayUntil} now={now} /> UTC
          </strong>
          : nobody counts on you to decide.
        </p>
        <input type="hidden" name="until" value="back" />
      </OwnForm>
    );
  }
  return (
    <OwnForm label="My leave" button="Note my leave" done="" {...shared}>
      <UntilField
        label="Back at (UTC)"
        name="until"
        required
        hint="You keep your rights; nobody counts on you until then."
        {...{ now, initial: null, latest: now + LONGEST_LEAVE }}
        error={faultsOf(sending)['until'] ?? null}
        presets={[
          ['Tomorrow 09:00', morningAfter(now)],
          ['3 days', morningAfter(now, 3)],
          ['1 week', morningAfter(now, 7)],
          ['2 weeks', morningAfter(now, 14)],
        ]}
      />
    </OwnForm>
  );
}
