import { Link } from '@remix-run/react';
import { customerPath } from '#app/pages/shared/paths.ts';
import type { QueueLine } from '#app/services/flags/load-flag-lines.ts';
import type { FlagOutcome } from '#app/services/flags/decide-flags.ts';
import { Button } from '#app/ui/button.tsx';

/** What became of a decision, flag by flag where one was refused. */
export interface Outcomes {
  verb: string;
  flags: (FlagOutcome & { line: QueueLine | null })[];
}

interface OutcomeNoteProps {
  outcomes: Outcomes | null;
  onClose: () => void;
}

export function BulkResult({ outcomes, onClose }: OutcomeNoteProps) {
  const refused = outcomes?.flags.filter(({ says }) => says !== null) ?? [];
  const done = (outcomes?.flags.length ?? 0) - refused.length;
  return (
    // <output> may hold no list.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <div role="status">
      {outcomes === null ? null : (
        <div className="flex items-start gap-3 border-b border-hairline bg-partner px-3 py-1.5">
          <div className="flex-1">
            <p>
              {done} {done === 1 ? 'flag' : 'flags'} {outcomes.verb}
              {refused.length === 0 ? '.' : `, ${refused.length} failed:`}
            </p>
            <ul>
              {refused.map(({ flagId, says, line }) => (
                <li key={flagId}>
                  {line === null ? null : (
                    <Link to={customerPath(line.customerId, line.subject)}>
                      <bdi>{line.customerName ?? line.customerId}</bdi>, {line.title}
                    </Link>
                  )}{' '}
                  {says}
                </li>
              ))}
            </ul>
          </div>
          <Button look="plain" onClick={onClose}>
            Close
          </Button>
        </div>
      )}
    </div>
  );
}
