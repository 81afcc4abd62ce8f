import { formatCreditCount } from '#app/domain/money/credits.ts';
import { STATE_LABELS } from '#app/domain/requests/state-machine.ts';
import type { MissingFromBackup } from '#app/domain/restore/missing-from-backup.ts';
import type { Differences } from '#db/backup/restore-differences.ts';

// The cast: the states of requests are the keys of the words.
const stateLabel = (state: string): string => STATE_LABELS[state as keyof typeof STATE_LABELS];

/** What the database that was replaced had, and the backup has not, a sentence each. */
export const describeDifferences = ({
  requests,
  credits: steps,
  mails,
  auditRows,
}: Differences): MissingFromBackup[] => {
  const from = 'replaced_database' as const;
  return [
    ...requests.map(({ id, kind, customerId, state, before, changedAt }) => ({
      ...{ kind: 'request' as const, from, id, customerId, requestId: id, at: changedAt },
      words:
        before === null
          ? `Request ${id} (${kind.replaceAll('_', ' ')} for ${customerId}) is not in the backup; it was ${stateLabel(state)}.`
          : `Request ${id} (${kind.replaceAll('_', ' ')} for ${customerId}) is ${stateLabel(before)} in the backup; it was ${stateLabel(state)}.`,
    })),
    ...steps.map(({ id, requestId, customerId, credits, externalId, changedAt }) => ({
      ...{ kind: 'credits' as const, from, id, customerId, requestId, at: changedAt },
      words:
        externalId === null
          ? `${formatCreditCount(credits)} were being booked for request ${requestId}, as ${id}; the backup does not have the outcome.`
          : `${formatCreditCount(credits)} were booked as ${externalId} for request ${requestId}; this is not in the backup.`,
    })),
    ...mails.map(({ id, requestId, customerId, kind, sentAt }) => ({
      ...{ kind: 'mail' as const, from, id, customerId, requestId, at: sentAt },
      words: `A mail (${kind.replaceAll('_', ' ')}) of request ${requestId} was sent; this is not in the backup.`,
    })),
    ...(auditRows > 0
      ? [
          {
            ...{ kind: 'records' as const, from, id: 'audit_event', customerId: null },
            ...{ requestId: null, at: null },
            words: `${auditRows} rows of the audit log are not in the backup.`,
          },
        ]
      : []),
  ];
};
