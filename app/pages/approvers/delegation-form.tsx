import { faultsOf, AsyncForm } from '#app/pages/approvers/async-form.tsx';
import { usePostForm } from '#app/pages/shared/use-post-form.ts';
import type { Approvers } from '#app/services/requests/approvals/load-approvers.ts';
import { SelectField, TextAreaField } from '#app/ui/field.tsx';
import { morningAfter, UntilField } from '#app/ui/until-field.tsx';
import { LONGEST_REASON } from '#app/domain/reason.ts';

/** Lends one's own right to decide to one other person, for at most so many days. */
export function DelegationForm({ page }: { page: Approvers }) {
  const sending = usePostForm<{ done: object }>({ keyed: true });
  const { now, whyNotLend, borrowers, longest } = page;
  if (whyNotLend !== null) return <p className="text-ink-quiet">{whyNotLend}</p>;
  const faults = faultsOf(sending);
  // Of what was lent nothing stays in the fields.
  const times = page.rows.length;
  return (
    <AsyncForm
      label="Delegate my approvals"
      button="Delegate"
      path="/requests/people/lend"
      done="Delegated. See the list."
      sending={sending}
    >
      <SelectField
        label="To"
        name="delegateId"
        required
        defaultValue=""
        options={[
          { value: '', label: 'Choose a person…' },
          ...borrowers.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        error={faults['delegateId'] ?? null}
      />
      <div key={times} className="grid gap-2">
        <UntilField
          label="From (UTC)"
          name="startsAt"
          hint="Empty: now."
          {...{ now, initial: null, latest: now + longest, presets: [] }}
          error={faults['startsAt'] ?? null}
        />
        <UntilField
          label="Until (UTC)"
          name="endsAt"
          required
          {...{ now, initial: null, latest: now + 2 * longest }}
          error={faults['endsAt'] ?? null}
          presets={[
            ['1 day', morningAfter(now)],
            ['1 week', morningAfter(now, 7)],
          ]}
        />
      </div>
      <TextAreaField
        label="Reason"
        name="reason"
        required
        rows={2}
        maxLength={LONGEST_REASON}
        error={faults['reason'] ?? null}
        hint="They can approve what you could, except requests either of you worked on. Your approvals count once. person. It is never lent on."
      />
    </AsyncForm>
  );
}
