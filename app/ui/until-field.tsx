import { useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { TextField } from '#app/ui/field.tsx';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What a datetime-local field holds: to the minute, without a zone. It is UTC here. */
const toLocal = (at: number): string => new Date(at).toISOString().slice(0, 16);

/** The next 09:00 UTC of a later day. */
export const morningAfter = (now: number, days = 1): number =>
  Math.floor(now / DAY) * DAY + days * DAY + 9 * HOUR;

interface UntilFieldProps {
  label: string;
  /** The form's field: an instant such as `2026-05-03T09:12Z`, or nothing. */
  name: string;
  now: number;
  /** Epoch milliseconds; null: nothing is entered yet. */
  initial: number | null;
  latest: number;
  required?: boolean;
  hint?: string;
  error: string | null;
  /** Usual instants, by their words. */
  presets: readonly (readonly [words: string, at: number])[];
}

/** An instant to come, typed or chosen among the usual ones. */
export function UntilField({ name, now, initial, latest, presets, ...field }: UntilFieldProps) {
  const [until, setUntil] = useState(() => (initial === null ? '' : toLocal(initial)));
  return (
    <div className="grid gap-1.5">
      <TextField
        type="datetime-local"
        value={until}
        onChange={(event) => setUntil(event.target.value)}
        min={toLocal(now)}
        max={toLocal(latest)}
        {...field}
      />
      <input type="hidden" name={name} value={until === '' ? '' : `${until.slice(0, 16)}Z`} />
      {presets.length === 0 ? null : (
        <div className="flex flex-wrap gap-1.5">
          {presets.map(([words, at]) => (
            <Button key={words} onClick={() => setUntil(toLocal(at))}>
              {words}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
