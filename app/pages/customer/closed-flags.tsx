import { useFetcher } from '@remix-run/react';
import type { loader as settledFlags } from '#app/pages/customer/closed-flags.resource.ts';
import { customerPath } from '#app/pages/shared/paths.ts';
import type { ClosedFlag } from '#app/services/flags/load-closed-flags.ts';
import { Disclosure } from '#app/ui/disclosure.tsx';
import { Severity } from '#app/ui/severity.tsx';
import { TimeText } from '#app/ui/time-text.tsx';

const STATES: Record<ClosedFlag['state'], string> = {
  open: 'open',
  closed: 'closed automatically',
  dismissed: 'dismissed',
  snoozed: 'snoozed',
};

interface ClosedFlagsProps {
  customerId: string;
  count: number;
  now: number;
}

/** Dismissed, snoozed and closed flags with their history; loaded when somebody looks. */
export function ClosedFlags({ customerId, count, now }: ClosedFlagsProps) {
  const fetcher = useFetcher<typeof settledFlags>();
  const flags = fetcher.data?.flags;
  return (
    <Disclosure
      summary={`${count} past ${count === 1 ? 'flag' : 'flags'}`}
      onOpen={() => fetcher.load(`${customerPath(customerId)}/settled-flags`)}
    >
      {flags === undefined ? (
        <p className="py-1 text-ink-quiet">Loading…</p>
      ) : (
        <ul className="max-h-64 overflow-auto py-1">
          {flags.map((flag) => (
            <ClosedFlagItem key={flag.id} flag={flag} now={now} />
          ))}
        </ul>
      )}
    </Disclosure>
  );
}

const ClosedFlagItem = ({ flag, now }: { flag: ClosedFlag; now: number }) => (
  <li className="py-1">
    <p className="flex flex-wrap gap-x-3">
      <Severity level={flag.severity} />
      <span>{flag.sentence}</span>
      <b className="font-medium">{STATES[flag.state]}</b>
      {flag.snoozedUntil === null ? null : (
        <span>
          until <TimeText at={flag.snoozedUntil} now={now} /> UTC
        </span>
      )}
    </p>
    <ol className="ps-4 text-small text-ink-quiet">
      {flag.history.map((event) => (
        <li key={`${event.at} ${event.kind}`}>
          <TimeText at={event.at} now={now} /> {event.kind.replaceAll('_', ' ')} by{' '}
          <bdi>{event.actor ?? 'the rules'}</bdi>
          {event.ticket === null ? '' : `, ticket ${event.ticket}`}
          {event.reason === null ? null : (
            <>
              : <bdi className="break-words">{event.reason}</bdi>
            </>
          )}
        </li>
      ))}
    </ol>
  </li>
);
