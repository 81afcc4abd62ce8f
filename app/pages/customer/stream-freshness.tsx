import type { Stream } from '#app/domain/book/records.ts';
import { agoInWords } from '#app/domain/time.ts';
import type { StreamLine } from '#app/services/customer-view.ts';
import { TimeText } from '#app/ui/time-text.tsx';

const NAMES: Record<Stream, string> = {
  payments: 'Payments',
  invoices: 'Invoices',
  ledger: 'Ledger',
  generations: 'Generations',
};

/** How far each stream of records is known, and where the rules wait for one. */
export const StreamFreshness = ({
  streams,
  at,
}: {
  streams: readonly StreamLine[];
  at: number;
}) => (
  <ul className="flex flex-wrap gap-x-3 text-small" aria-label="How fresh the records are">
    {streams.map((stream) => (
      <li key={stream.id} className="text-ink-quiet">
        {NAMES[stream.id]} <Known stream={stream} at={at} />
        {stream.waitsFor === null ? null : (
          <strong className="ms-1 font-medium text-ink">
            cannot tell yet: needed to <TimeText at={stream.waitsFor} now={at} />
          </strong>
        )}
      </li>
    ))}
  </ul>
);

function Known({ stream: { known, through }, at }: { stream: StreamLine; at: number }) {
  if (known === 'unknown') return <span title="Nothing of it was ever loaded">never loaded</span>;
  if (through === null)
    return <span title="Loaded, without saying how far it reaches">loaded</span>;
  return (
    <TimeText at={through} now={at}>
      {through > at ? 'up to now' : agoInWords(through, at)}
    </TimeText>
  );
}
