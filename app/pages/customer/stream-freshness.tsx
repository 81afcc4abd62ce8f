import type { Stream } from '#app/domain/book/records.ts';
import { formatAgo } from '#app/domain/time/format-time.ts';
import type { StreamLine } from '#app/services/customers/customer-page-data.ts';
import { TimeText } from '#app/ui/time-text.tsx';

const STREAM_NAMES: Record<Stream, string> = {
  payments: 'Payments',
  invoices: 'Invoices',
  ledger: 'Ledger',
  generations: 'Generations',
};

/** How far each stream of records is known. */
export const StreamFreshness = ({
  streams,
  at,
}: {
  streams: readonly StreamLine[];
  at: number;
}) => (
  <ul className="flex flex-wrap gap-x-3 text-small" aria-label="Data freshness">
    {streams.map((stream) => (
      <li key={stream.id} className="text-ink-quiet">
        {STREAM_NAMES[stream.id]} <Known stream={stream} at={at} />
      </li>
    ))}
  </ul>
);

function Known({ stream: { known, through }, at }: { stream: StreamLine; at: number }) {
  if (known === 'unknown') return <span title="Never imported">not imported</span>;
  if (through === null)
    return <span title="Imported without a watermark: treated as complete">complete</span>;
  return (
    <TimeText at={through} now={at}>
      {through > at ? 'up to date' : formatAgo(through, at)}
    </TimeText>
  );
}

/** Streams that are not known far enough for some rule to judge. */
export const DataIncomplete = ({ streams, at }: { streams: readonly StreamLine[]; at: number }) =>
  streams.map(({ id, waitsFor, through }) =>
    waitsFor === null ? null : (
      <li
        key={id}
        className="flex min-h-7 items-center gap-3 border-b border-hairline px-3 last:border-b-0"
      >
        <span className="w-[72px] flex-none text-ink-quiet">… waits</span>
        <p className="flex-1">
          <strong className="font-medium">Can’t check yet.</strong>{' '}
          {through === null ? (
            <>Nothing of {STREAM_NAMES[id].toLowerCase()} is loaded</>
          ) : (
            <>
              {STREAM_NAMES[id]} are known to <TimeText at={through} now={at} />
            </>
          )}
          ; something here cannot be judged before they are known to{' '}
          <TimeText at={waitsFor} now={at} /> UTC.
        </p>
      </li>
    ),
  );
