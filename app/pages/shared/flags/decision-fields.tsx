import { useRef } from 'react';
import { DAY, HOUR } from '#app/lib/instant.ts';
import { Button } from '#app/ui/button.tsx';
import { SelectField, TextAreaField } from '#app/ui/field.tsx';
import { morningAfter, UntilField } from '#app/ui/until-field.tsx';
import { LONGEST_REASON } from '#app/domain/reason.ts';

const REASONS = [
  'The customer wanted both',
  'Settled outside the console',
  'Known cause, nothing owed',
] as const;

/** Why: written out, or one of the usual reasons to start from. */
function ReasonField({ error }: { error: string | undefined }) {
  const frame = useRef<HTMLDivElement>(null);
  const fill = (reason: string) => {
    const field = frame.current?.querySelector('textarea');
    if (!field) return;
    field.value = reason;
    field.focus();
  };
  return (
    <div ref={frame} className="grid gap-1.5">
      <TextAreaField
        label="Reason"
        name="reason"
        required
        maxLength={LONGEST_REASON}
        error={error}
        hint="Kept in the flag’s history."
      />
      <div className="flex flex-wrap gap-1.5">
        {REASONS.map((reason) => (
          <Button key={reason} onClick={() => fill(reason)}>
            {reason}
          </Button>
        ))}
      </div>
    </div>
  );
}

export const DismissFields = ({ error }: { error: string | undefined }) => (
  <>
    <p>It reopens automatically if its figures or evidence change.</p>
    <ReasonField error={error} />
  </>
);

interface SnoozeFieldsProps {
  now: number;
  errors: Record<string, string>;
}

export const SnoozeFields = ({ now, errors }: SnoozeFieldsProps) => (
  <>
    <UntilField
      label="Until (UTC)"
      name="until"
      required
      {...{ now, initial: morningAfter(now), latest: now + 90 * DAY }}
      error={errors['until'] ?? null}
      presets={[
        ['1 hour', now + HOUR],
        ['4 hours', now + 4 * HOUR],
        ['Tomorrow 09:00', morningAfter(now)],
        ['3 days', now + 3 * DAY],
        ['1 week', now + 7 * DAY],
      ]}
    />
    <ReasonField error={errors['reason']} />
  </>
);

export const AssignFields = ({ staff }: { staff: readonly { id: string; name: string }[] }) => (
  <SelectField
    label="To"
    name="assignee"
    options={[
      ...staff.map(({ id, name }) => ({ value: id, label: name })),
      { value: '', label: 'Nobody' },
    ]}
  />
);
