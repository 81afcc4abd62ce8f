import { Link } from '@remix-run/react';
import { requestPath } from '#app/pages/shared/paths.ts';
import { TextAreaField } from '#app/ui/field.tsx';
import { LONGEST_REASON } from '#app/domain/reason.ts';

/** An earlier request about the same, as whoever asks is told of it. */
export interface Earlier {
  id: string;
  says: string;
}

interface AgainFieldProps {
  /** Null: nothing is repeated. */
  earlier: Earlier | null;
  again: string;
  error: string | null;
  onChange: (change: { again: string; after: string }) => void;
}

/** One about the same was asked for before: the way to it, and why this one is wanted as well. */
export const RepeatReasonField = ({ earlier, again, error, onChange }: AgainFieldProps) =>
  earlier === null ? null : (
    <section aria-label="Requested before" className="grid gap-1 border-s-4 border-high ps-3">
      <p role="status" className="font-medium text-high">
        {earlier.says} <Link to={requestPath(earlier.id)}>Open</Link>
      </p>
      <TextAreaField
        label="Why again"
        name="again"
        hint="The approver sees it beside the earlier request. It is kept in the audit log."
        rows={2}
        maxLength={LONGEST_REASON}
        value={again}
        onChange={({ target }) => onChange({ again: target.value, after: earlier.id })}
        error={error}
      />
    </section>
  );
