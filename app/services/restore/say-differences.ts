import { STATE_WORDS } from '#app/domain/requests/life.ts';
import type { Forgotten } from '#app/domain/restore/forgotten.ts';
import type { Differences } from '#db/restore-differences.ts';

// The cast: the states of requests are the keys of the words.
const stateWords = (state: string): string => STATE_WORDS[state as keyof typeof STATE_WORDS];

/** What the database that was replaced had, and the backup has not, a sentence each. */
export const sayDifferences = ({ requests, mails, auditRows }: Differences): Forgotten[] => {
  const from = 'replaced_database' as const;
  return [
    ...requests.map(({ id, kind, customerId, state, before, changedAt }) => ({
      ...{ kind: 'request' as const, from, id, customerId, requestId: id, at: changedAt },
      words:
        before === null
          ? `Request ${id} (${kind.replaceAll('_', ' ')} for ${customerId}) is not in the backup; it was ${stateWords(state)}.`
          : `Request ${id} (${kind.replaceAll('_', ' ')} for ${customerId}) is ${stateWords(before)} in the backup; it was ${stateWords(state)}.`,
    })),
    ...mails.map(({ id, requestId, customerId, kind, sentAt }) => ({
      ...{ kind: 'mail' as const, from, id, customerId, requestId, at: sentAt },
      words: `A mail (${kind.replaceAll('_', ' ')}) of request ${requestId} was sent; the backup does not know of it.`,
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
