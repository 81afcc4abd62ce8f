import { createIds } from '#app/lib/ids.ts';
import { importBook } from '#app/services/import/import-book.ts';
import { parseInWorker } from '#app/services/import/parse-in-worker.ts';
import { databaseUrl } from '#db/dialect/dialect.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { openStore } from '#db/store.ts';
import { openBook } from '#scripts/import/book-file.ts';
import { rejectFile } from '#scripts/import/reject-file.ts';

/*
 * Loads the file of its argument as `npm run import` does, and prints a line after every transaction,
 * so that a test can kill it in the midst of the next one.
 */
const path = process.argv[2] ?? '';
await migrate(databaseUrl(), { keepPostponed: true });
const store = await openStore(databaseUrl());
const source = await openBook(path);
const rejects = rejectFile(path, () => undefined);
const large = process.argv[3] === 'large';
const result = await importBook({ store, now: Date.now, newId: createIds(Date.now) }, source, {
  rejects,
  large,
  // Starting a thread takes longer than these files.
  ...(large ? { startParser: parseInWorker } : {}),
  onProgress: ({ linesRead }, indexes) =>
    console.log(indexes ? `index ${indexes.built}` : `lines ${linesRead}`),
});
console.log(`done ${JSON.stringify(result)}`);
await rejects.close();
await store.close();
