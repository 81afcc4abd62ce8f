import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { actorOf } from '#app/pages/audit/audit-columns.tsx';
import { customerPath } from '#app/pages/shared/paths.ts';
import type { AuditLine } from '#app/services/audit/load-audit-lines.ts';
import { Button } from '#app/ui/button.tsx';
import { fullUtc } from '#app/ui/time-format.ts';

/** The chosen row in full: everything noted with it, and what binds it to the row before. */
export function AuditPanel({ line, onClose }: { line: AuditLine; onClose: () => void }) {
  const { seq, at, says, customerId, subject, ticket, requestId, kind, fields } = line;
  return (
    <section aria-label="Selected row" className="record-strip">
      <div className="flex min-h-7 items-center gap-3 px-3">
        <h2 className="min-w-0 break-words">
          <bdi>{says}</bdi>
        </h2>
        <Button look="plain" className="ms-auto" onClick={onClose}>
          Close
        </Button>
      </div>
      <dl>
        <Field label="Row">{seq}</Field>
        <Field label="When">{fullUtc(at)} UTC</Field>
        <Field label="Who">{actorOf(line)}</Field>
        {customerId === null ? null : (
          <Field label="Customer">
            <Link to={customerPath(customerId)}>{customerId}</Link>
          </Field>
        )}
        <Field label="Ticket">{ticket ?? 'none'}</Field>
        {subject === null ? null : <Field label="Acted on">{subject.replace(':', ' ')}</Field>}
        {fields.map(({ label, text }) => (
          <Field key={label} label={label}>
            {text}
          </Field>
        ))}
        <Field label="Kind">{kind}</Field>
        {requestId === null ? null : <Field label="Request id">{requestId}</Field>}
        <Field label="Hash" mono>
          {line.hash}
        </Field>
        <Field label="Hash of the row before" mono>
          {line.prevHash}
        </Field>
      </dl>
    </section>
  );
}

const Field = (props: { label: string; mono?: boolean; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-small text-ink-quiet">{props.label}</dt>
    <dd className={`break-words ${props.mono ? 'font-mono text-small' : ''}`}>
      <bdi>{props.children}</bdi>
    </dd>
  </div>
);
