import { Link } from '@remix-run/react';
import { refLabel } from '#app/pages/shared/record-labels.ts';
import { customerPath } from '#app/pages/shared/paths.ts';
import { Section } from '#app/pages/shared/section.tsx';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import type { EvidenceRecord } from '#app/services/requests/views/load-evidence.ts';
import type { RecordField } from '#app/services/customers/record/record-fields.ts';
import { TimeText } from '#app/ui/time-text.tsx';

/** The records that speak for the request, with what matters of each; each leads to its place. */
export function EvidenceSection({ page }: { page: RequestDetail }) {
  const { evidence, line, now } = page;
  if (evidence.records.length === 0) {
    return (
      <Section label="Evidence">
        <p className="text-ink-quiet">No records attached.</p>
      </Section>
    );
  }
  return (
    <Section label="Evidence">
      <ul className="grid gap-1.5">
        {evidence.records.map((record) => (
          <li key={record.ref} className="min-w-0">
            <RecordText record={record} customerId={line.customerId} now={now} />
          </li>
        ))}
        {evidence.more.map((ref) => (
          <li key={ref}>
            <Link to={customerPath(line.customerId, ref)}>
              <bdi>{refLabel(ref)}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface RecordTextProps {
  record: EvidenceRecord;
  customerId: string;
  now: number;
}

const RecordText = ({ record, customerId, now }: RecordTextProps) => (
  <>
    <Link to={customerPath(customerId, record.ref)} className="break-words">
      <bdi>{refLabel(record.ref)}</bdi>
    </Link>
    {record.title === null ? (
      <span className="text-high"> is not in the data</span>
    ) : (
      <dl className="flex flex-wrap gap-x-3">
        {record.facts.map((field) => (
          <div key={field.label} className="flex max-w-full gap-1">
            <dt className="text-ink-quiet">{field.label}</dt>
            <dd className="min-w-0 break-words">
              <FactText field={field} now={now} />
            </dd>
          </div>
        ))}
      </dl>
    )}
  </>
);

const FactText = ({ field, now }: { field: RecordField; now: number }) =>
  field.at === undefined ? <bdi>{field.text}</bdi> : <TimeText at={field.at} now={now} />;
