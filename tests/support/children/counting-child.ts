import { eq } from 'drizzle-orm';
import { databaseUrl } from '#db/dialect/dialect.ts';
import { hasLostRace } from '#db/errors.ts';
import { importRun } from '#db/schema/imports.ts';
import { openStore } from '#db/store.ts';

/* Raises one number many times, each time by reading it first: what others do in between must count. */
const store = await openStore(databaseUrl());
process.send?.('ready');
await new Promise((resolve) => process.once('message', resolve));
const raise = (): Promise<unknown> =>
  store.write(async (tx) => {
    const [row] = await tx.select().from(importRun).where(eq(importRun.id, 'counter'));
    return tx
      .update(importRun)
      .set({ loaded: (row?.loaded ?? 0) + 1 })
      .where(eq(importRun.id, 'counter'))
      .returning();
  });
for (let done = 0; done < Number(process.argv[2]);) {
  try {
    await raise();
    done += 1;
  } catch (error) {
    // PostgreSQL gives up after five conflicts in a row: then nothing was raised, and it is tried again.
    if (!hasLostRace(error)) throw error;
  }
}
await store.close();
process.disconnect();
