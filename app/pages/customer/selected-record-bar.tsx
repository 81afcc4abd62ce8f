import type { Suggestion } from '#app/domain/remedies/suggestion.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { RecordLink } from '#app/pages/shared/record-link.tsx';
import { RemedyButtons } from '#app/pages/shared/remedies/remedy-buttons.tsx';
import type { SelectedRecord } from '#app/pages/customer/tables/use-selected-record.ts';
import type { RecordField } from '#app/services/customers/record/record-fields.ts';
import { Button } from '#app/ui/button.tsx';
import { TimeText } from '#app/ui/time-text.tsx';
import { fullInZone, fullUtc } from '#app/ui/time-format.ts';

interface RecordStripProps {
  choice: SelectedRecord;
  now: number;
  zone: string | null;
  role: Role;
  onRemedy: (proposal: Suggestion) => void;
}

/** Every field of the chosen record, along the lower edge. */
export function SelectedRecordBar({ choice, now, zone, role, onRemedy }: RecordStripProps) {
  if (choice.ref === null) return null;
  const { sheet } = choice;
  return (
    <section aria-label="Selected record" className="record-strip">
      <div className="flex h-7 items-center gap-3 px-3">
        <h2>{sheet.kind === 'there' ? sheet.sheet.title : 'Record'}</h2>
        {sheet.kind === 'there' && sheet.ref === choice.ref && sheet.sheet.offer ? (
          <>
            <RemedyButtons offer={sheet.sheet.offer} role={role} onOpen={onRemedy} />
            <span className="one-line text-small text-ink-quiet">{sheet.sheet.offer.whyNone}</span>
          </>
        ) : null}
        <Button look="plain" className="ms-auto" onClick={choice.clear}>
          Close (Esc)
        </Button>
      </div>
      {sheet.kind === 'there' ? (
        <dl>
          {sheet.sheet.fields.map((field, i) => (
            // Two fields may have one label (two invoices), never one place.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={`${field.label} ${i}`} className="min-w-0">
              <dt className="text-small text-ink-quiet">{field.label}</dt>
              <dd>
                <FieldText field={field} goTo={choice.goTo} now={now} zone={zone} />
                {field.cut ? (
                  <Button look="plain" onClick={choice.showWhole}>
                    Show all
                  </Button>
                ) : null}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="px-3 pb-3 text-ink-quiet" role="status">
          {WORDS[sheet.kind]}
        </p>
      )}
    </section>
  );
}

const WORDS = {
  none: '',
  loading: 'Loading…',
  missing: 'Not in this customer’s data. Another record names it, but it never arrived.',
  failed: 'The record could not be loaded. Select it again to retry.',
};

interface FieldTextProps {
  field: RecordField;
  goTo: (ref: string) => void;
  now: number;
  zone: string | null;
}

function FieldText({ field, goTo, now, zone }: FieldTextProps) {
  const { text, at, ref, lost = false } = field;
  if (at !== undefined) {
    const there = zone === null ? null : fullInZone(at, zone);
    return (
      <TimeText at={at} now={now} zone={zone}>
        {fullUtc(at)} UTC
        {there === null ? null : <span className="block text-small text-ink-quiet">{there}</span>}
      </TimeText>
    );
  }
  if (ref !== undefined && lost) {
    return (
      <>
        <bdi>{text}</bdi> <span className="text-ink-quiet">(not in the data)</span>
      </>
    );
  }
  if (ref !== undefined) return <RecordLink to={ref} text={text} goTo={goTo} />;
  return <bdi className="break-words whitespace-pre-wrap">{text}</bdi>;
}
