import type { RecordRef } from '#app/domain/book/record-ref.ts';
import { MOST_EVIDENCE, isRecordRef } from '#app/domain/remedies/remedy-draft.ts';
import { RecordLink } from '#app/pages/shared/record-link.tsx';
import { refLabel } from '#app/pages/shared/record-labels.ts';
import { Button } from '#app/ui/button.tsx';
import { ErrorText } from '#app/ui/error-text.tsx';
interface EvidenceChipsProps {
  evidence: readonly RecordRef[];
  /** The row that is chosen on the page. */
  chosen: string | null;
  error: string | null;
  onChange: (evidence: readonly RecordRef[]) => void;
  goTo: (ref: string) => void;
}

/** The records that show why: each leads to its row, can be taken out, and the chosen row can be put in. */
export function EvidenceChips({ evidence, chosen, error, onChange, goTo }: EvidenceChipsProps) {
  const addable =
    chosen !== null && isRecordRef(chosen) && !evidence.includes(chosen) ? chosen : null;
  const full = evidence.length >= MOST_EVIDENCE ? `At most ${MOST_EVIDENCE} records.` : null;
  return (
    <div className="grid gap-1">
      <h3 className="font-medium">Evidence</h3>
      <ul aria-label="Evidence" className="flex flex-wrap gap-1.5">
        {evidence.map((ref) => (
          <li key={ref} className="chip">
            <RecordLink to={ref} text={refLabel(ref)} goTo={goTo} />
            <button
              type="button"
              className="chip-remove"
              aria-label={`Remove ${refLabel(ref)}`}
              onClick={() => onChange(evidence.filter((other) => other !== ref))}
            >
              ✕
            </button>
          </li>
        ))}
        {evidence.length === 0 ? (
          <li className="text-ink-quiet">None. Choose a row to add it.</li>
        ) : null}
        {addable === null ? null : (
          <li>
            <Button disabledReason={full} onClick={() => onChange([...evidence, addable])}>
              + selected row
            </Button>
          </li>
        )}
      </ul>
      {error === null ? null : <ErrorText>{error}</ErrorText>}
    </div>
  );
}
