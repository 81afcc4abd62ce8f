import type { StreamsKnown } from '#app/domain/book/book.ts';
import type { Stream } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';

/** The watermarks of a load: up to where each stream is complete once all of it is loaded. */
export type Marks = Partial<Record<Stream, Instant>>;

/** A watermark that vouches for nothing. */
const NOTHING_YET = 0;

/**
 * The watermarks to write while the load goes on. None of its own: they vouch for rows that are still to come.
 * But a stream without any counts as known throughout once it has rows; one that is new and will have one
 * is known to nothing instead.
 *
 * @param before how far the streams are known without what is being written.
 */
export const marksMeanwhile = (marks: Marks, before: StreamsKnown): Marks => {
  // The keys of Marks are streams.
  const streams = (Object.keys(marks) as Stream[]).filter((stream) => before[stream] === null);
  return Object.fromEntries(streams.map((stream) => [stream, NOTHING_YET]));
};
