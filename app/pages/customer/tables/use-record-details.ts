import { useEffect, useState } from 'react';
import type { RecordDetails } from '#app/services/customers/record/record-fields.ts';
/** Rows passed over by j and k within this are not asked for. */
const PAUSE = 90;

export type RecordDetailsState =
  | { kind: 'none' }
  | { kind: 'loading'; ref: string }
  | { kind: 'there'; ref: string; sheet: RecordDetails }
  | { kind: 'missing'; ref: string }
  | { kind: 'failed'; ref: string };

async function fetchDetails(
  address: string,
  ref: string,
  whole: boolean,
  signal: AbortSignal,
): Promise<RecordDetailsState> {
  const draft = `ref=${encodeURIComponent(ref)}${whole ? '&whole=1' : ''}`;
  const answer = await fetch(address + draft, { signal });
  if (!answer.ok) return { kind: 'failed', ref };
  // What our own /record resource answers.
  const { sheet } = (await answer.json()) as { sheet: RecordDetails | null };
  return sheet === null ? { kind: 'missing', ref } : { kind: 'there', ref, sheet };
}

/**
 * Everything about the chosen record, and its partners in the other regions.
 * @param address of the sheets, ends in `?` or `&`. @param version changes when the page's facts do.
 * @param whole with all of each text, however long.
 */
export function useRecordDetails(
  address: string,
  ref: string | null,
  version: number,
  whole: boolean,
): RecordDetailsState {
  const [state, setState] = useState<RecordDetailsState>({ kind: 'none' });
  useEffect(() => {
    if (ref === null) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      fetchDetails(address, ref, whole, abort.signal)
        .catch((): RecordDetailsState => ({ kind: 'failed', ref }))
        .then((found) => {
          if (!abort.signal.aborted) setState(found);
        })
        // Nothing above throws; without this the promise would be left to itself.
        .catch(() => undefined);
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [address, ref, version, whole]);
  if (ref === null) return { kind: 'none' };
  // What is there stays until the next sheet has come: nothing flickers.
  return state.kind === 'none' ? { kind: 'loading', ref } : state;
}
