import { useRef, useState } from 'react';
import { DAY, HOUR, toIso } from '#app/domain/instant.ts';
import { Button } from '#app/ui/button.tsx';
import { SelectField, TextAreaField, TextField } from '#app/ui/field.tsx';

const LONGEST_REASON = 500;
const REASONS = [
  'The customer wanted both',
  'Settled outside the console',
  'Known cause, nothing is owed',
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
        hint="Kept in the flag’s history, for whoever looks at it next."
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
    <p>It opens again by itself if its figures or its evidence change.</p>
    <ReasonField error={error} />
  </>
);

/** The next 09:00 UTC of a later day. */
const morning = (now: number): number => Math.floor(now / DAY) * DAY + DAY + 9 * HOUR;

interface SnoozeFieldsProps {
  now: number;
  errors: Record<string, string>;
}

export function SnoozeFields({ now, errors }: SnoozeFieldsProps) {
  // What a datetime-local field holds: to the minute, without a zone. It is UTC here.
  const [until, setUntil] = useState(() => toIso(morning(now)).slice(0, 16));
  const presets = [
    ['1 hour', now + HOUR],
    ['4 hours', now + 4 * HOUR],
    ['Tomorrow 09:00', morning(now)],
    ['3 days', now + 3 * DAY],
    ['1 week', now + 7 * DAY],
  ] as const;
  return (
    <>
      <TextField
        label="Until (UTC)"
        type="datetime-local"
        required
        value={until}
        onChange={(event) => setUntil(event.target.value)}
        min={toIso(now).slice(0, 16)}
        max={toIso(now + 90 * DAY).slice(0, 16)}
        error={errors['until']}
      />
      <input type="hidden" name="until" value={`${until.slice(0, 16)}Z`} />
      <div className="flex flex-wrap gap-1.5">
        {presets.map(([words, at]) => (
          <Button key={words} onClick={() => setUntil(toIso(at).slice(0, 16))}>
            {words}
          </Button>
        ))}
      </div>
      <ReasonField error={errors['reason']} />
    </>
  );
}

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
