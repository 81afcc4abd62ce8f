import { LONGEST_ABSENCE } from '#app/domain/approvals/out-of-office.ts';
import { faultsOf, AsyncForm } from '#app/pages/approvers/async-form.tsx';
import { usePostForm } from '#app/pages/shared/use-post-form.ts';
import type { Approvers } from '#app/services/requests/approvals/load-approvers.ts';
import { TimeText } from '#app/ui/time-text.tsx';
import { morningAfter, UntilField } from '#app/ui/until-field.tsx';

/** That one is on leave until some day, or back: others see early where too few are there to decide. */
export function OutOfOfficeForm({ page: { mine, now } }: { page: Approvers }) {
  const sending = usePostForm<{ done: object }>({});
  if (mine.whyNotLeave !== null) return <p className="text-ink-quiet">{mine.whyNotLeave}</p>;
  const shared = { path: '/requests/people/leave', sending };
  if (mine.awayUntil !== null) {
    return (
      <AsyncForm label="Out of office" button="I’m back" done="" {...shared}>
        <p>
          You are out of office until{' '}
          <strong>
            <TimeText at={mine.awayUntil} now={now} /> UTC
          </strong>
          . You don’t count as available.
        </p>
        <input type="hidden" name="until" value="back" />
      </AsyncForm>
    );
  }
  return (
    <AsyncForm label="Out of office" button="Set out of office" done="" {...shared}>
      <UntilField
        label="Back at (UTC)"
        name="until"
        required
        hint="You can still approve, but you don’t count as available until then."
        {...{ now, initial: null, latest: now + LONGEST_ABSENCE }}
        error={faultsOf(sending)['until'] ?? null}
        presets={[
          ['Tomorrow 09:00', morningAfter(now)],
          ['3 days', morningAfter(now, 3)],
          ['1 week', morningAfter(now, 7)],
          ['2 weeks', morningAfter(now, 14)],
        ]}
      />
    </AsyncForm>
  );
}
