import type { Deps } from '#app/services/deps.ts';
import { checkBook } from '#app/services/import/check-book.ts';
import { importBook } from '#app/services/import/import-book.ts';
import type { ImportResult } from '#app/services/import/import-book.ts';
import type { Beside } from '#app/services/import/types.ts';
import { parseHere } from '#app/services/import/parse-block.ts';
import { parseInWorker } from '#app/services/import/parse-in-worker.ts';
import type { Refusal } from '#app/services/import/reject-line.ts';
import { openBook } from '#scripts/import/book-file.ts';
import type { BookFile } from '#scripts/import/book-file.ts';
import { progressBar } from '#scripts/import/progress-bar.ts';
import { noRejectFile, rejectFile } from '#scripts/import/reject-file.ts';
/** Refusals that are told at once; the rest stands in the reject file. */
const TOLD = 10;

const count = (value: number): string => value.toLocaleString('en-US');

/** Writes the first few refusals to standard error. */
const teller = (): ((refused: readonly Refusal[]) => void) => {
  let told = 0;
  return (refused) => {
    for (const { line, reason } of refused.slice(0, Math.max(0, TOLD - told))) {
      console.error(`line ${line}: ${reason}`);
    }
    if (told < TOLD && told + refused.length > TOLD) console.error('… and more');
    told += refused.length;
  };
};

const watch = (file: BookFile, bar: ReturnType<typeof progressBar>) => {
  const started = performance.now();
  return (progress: { linesRead: number }, indexes?: { built: number; of: number }): void => {
    if (indexes) bar.show(indexes.built / indexes.of, `index ${indexes.built} of ${indexes.of}`);
    else {
      const seconds = (performance.now() - started) / 1_000;
      const rate = count(Math.round(progress.linesRead / seconds));
      bar.show(file.fraction(), `${count(progress.linesRead)} lines, ${rate}/s`);
    }
  };
};

const report = (path: string, result: ImportResult, seconds: number, dryRun: boolean): void => {
  const { linesRead, loaded, refused, resumedAfter } = result;
  const rate = count(Math.round((linesRead - resumedAfter) / Math.max(seconds, 0.001)));
  const resumed = resumedAfter ? `, of which ${count(resumedAfter)} before it was cut off` : '';
  console.log(
    `${path}: ${count(linesRead)} lines read${resumed}, ${count(loaded)} ${dryRun ? 'good' : 'loaded'}, ` +
      `${count(refused)} refused; ${seconds.toFixed(1)} s, ${rate} lines/s`,
  );
};

/** Loads one file, or checks it where `deps` is null, and says what came of it. */
export const loadFile = async (
  deps: Deps | null,
  path: string,
  beside?: Beside,
): Promise<ImportResult> => {
  const started = performance.now();
  const file = await openBook(path);
  const bar = progressBar(process.stderr);
  const tell = teller();
  const onProgress = watch(file, bar);
  // Starting a thread takes as long as checking some thousand lines.
  const startParser = file.large ? parseInWorker : parseHere;
  const options = { large: file.large, beside, startParser, onProgress };
  const rejects = deps === null ? null : rejectFile(path, tell);
  try {
    const result =
      deps === null || rejects === null
        ? await checkBook(file, { ...options, rejects: noRejectFile(tell) })
        : await importBook(deps, file, { ...options, rejects });
    bar.clear();
    report(path, result, (performance.now() - started) / 1_000, deps === null);
    if (rejects && result.refused) console.log(`Refused lines: ${rejects.path}`);
    return result;
  } finally {
    bar.clear();
    await rejects?.close();
  }
};
