import type { BookSource } from '#app/services/import/types.ts';
import type { Deps } from '#app/services/deps.ts';
import { findUnfinishedRun, insertRun } from '#db/queries/book/import-runs.ts';
import type { RunProgress } from '#db/queries/book/import-runs.ts';
const BEGINNING: RunProgress = {
  linesRead: 0,
  loaded: 0,
  refused: 0,
  bytesRead: 0,
  rejectBytes: 0,
  marks: null,
};

/**
 * The run that an import of this source goes on with: the one over the same content that was cut off,
 * or a new one. A source without a fingerprint leaves no run behind and always begins anew.
 */
export async function openRun(
  deps: Deps,
  source: BookSource,
): Promise<{ runId: string | null; start: RunProgress }> {
  if (source.fingerprint === null) return { runId: null, start: BEGINNING };
  const unfinished = await findUnfinishedRun(deps.store.read, source.fingerprint);
  if (unfinished) return { runId: unfinished.id, start: unfinished };
  const run = {
    id: deps.newId('imp'),
    fingerprint: source.fingerprint,
    fileName: source.name,
    startedAt: deps.now(),
    finishedAt: null,
    ...BEGINNING,
  };
  await deps.store.write((tx) => insertRun(tx, run));
  return { runId: run.id, start: BEGINNING };
}
