import { createHash } from 'node:crypto';
import { DAY, MINUTE } from '#app/lib/instant.ts';
import type { Deps } from '#app/services/deps.ts';
import { importBook } from '#app/services/import/import-book.ts';
import { parseHere } from '#app/services/import/parse-block.ts';
import type { Refusal } from '#app/services/import/reject-line.ts';
import { createYielder } from '#app/lib/yield-to-event-loop.ts';
import {
  answerIngestReceipt,
  deleteIngestReceiptsUntil,
  dropIngestReceipt,
  findIngestReceipt,
  startIngestReceipt,
} from '#db/queries/book/ingest-receipts.ts';

/** Refused lines that an answer names; `refused` counts them all. */
const NAMED = 1_000;
/** A delivery that has not ended by then was cut off. */
const LONGEST_LOAD = 10 * MINUTE;
const KEPT = 30 * DAY;

/** What a delivery came to. */
interface IngestAnswer {
  read: number;
  loaded: number;
  refused: number;
  refusals: { line: number; reason: string }[];
}

export type IngestOutcome =
  | { kind: 'done'; answer: IngestAnswer; replayed: boolean }
  /** The same key is being loaded at this moment. */
  | { kind: 'busy' }
  /** The same key came with another body before. */
  | { kind: 'other-body' };

interface Stored {
  bodyHash: string;
  answer: IngestAnswer;
}

/** Pages are answered between two transactions, which wait for nobody: they take turns with all other writes. */
const BESIDE_PAGES = { blockBytes: 1 << 16, pause: 0 };
/** Characters of the longest line: no record needs as many, and reading one holds everything else up. */
const LONGEST_LINE = 2 << 20;
const HASHED_AT_ONCE = 1 << 20;

const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

const hashBody = async (body: Uint8Array): Promise<string> => {
  const turn = createYielder();
  const hash = createHash('sha256');
  for (let at = 0; at < body.length; at += HASHED_AT_ONCE) {
    hash.update(body.subarray(at, at + HASHED_AT_ONCE));
    await turn();
  }
  return hash.digest('hex');
};

const load = async (deps: Deps, body: Uint8Array): Promise<IngestAnswer> => {
  const refusals: IngestAnswer['refusals'] = [];
  const add = async (refused: readonly Refusal[]): Promise<number> => {
    for (const { line, reason } of refused.slice(0, NAMED - refusals.length))
      refusals.push({ line, reason });
    return 0;
  };
  async function* open(): AsyncGenerator<Uint8Array> {
    yield body;
  }
  const source = { name: 'ingest', fingerprint: null, open };
  const rejects = { add, cutTo: async () => undefined };
  const { linesRead, loaded, refused } = await importBook(deps, source, {
    rejects,
    beside: BESIDE_PAGES,
    startParser: (firstLine) => parseHere(firstLine, LONGEST_LINE),
  });
  return { read: linesRead, loaded, refused, refusals };
};

/** Takes the key for this delivery, or answers what it was taken for before. */
const claim = (deps: Deps, id: string, bodyHash: string): Promise<IngestOutcome | null> =>
  deps.store.write(async (tx) => {
    const now = deps.now();
    await deleteIngestReceiptsUntil(tx, now - KEPT);
    const earlier = await findIngestReceipt(tx, id);
    if (earlier?.status != null) {
      // Written below, in this form.
      const stored = earlier.answer as Stored;
      if (stored.bodyHash !== bodyHash) return { kind: 'other-body' };
      return { kind: 'done', answer: stored.answer, replayed: true };
    }
    if (earlier !== null && now - earlier.startedAt < LONGEST_LOAD) return { kind: 'busy' };
    await startIngestReceipt(tx, id, now);
    return null;
  });

/**
 * Loads records that a program delivers. Under a `key` the first answer is kept, and a replay gets it
 * again and loads nothing; without one, loading twice changes nothing either, but is done again.
 */
export const ingestBook = async (
  deps: Deps,
  key: string | null,
  body: Uint8Array,
): Promise<IngestOutcome> => {
  if (key === null) return { kind: 'done', answer: await load(deps, body), replayed: false };
  const id = hashKey(key);
  const bodyHash = await hashBody(body);
  const earlier = await claim(deps, id, bodyHash);
  if (earlier !== null) return earlier;
  try {
    const answer = await load(deps, body);
    const stored: Stored = { bodyHash, answer };
    await deps.store.write((tx) => answerIngestReceipt(tx, id, 200, stored));
    return { kind: 'done', answer, replayed: false };
  } catch (error) {
    await deps.store.write((tx) => dropIngestReceipt(tx, id));
    throw error;
  }
};
