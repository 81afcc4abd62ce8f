import { eq } from 'drizzle-orm';
import { flag } from '#db/schema/flag.ts';
import type { Store } from '#db/store-types.ts';
/*
 * What must not compile, because one of the two databases lacks it or because it breaks a promise of
 * the store. Never run: a line here that compiles fails the type check.
 */
export const refused = (store: Store): Promise<void> =>
  store.write(async (tx) => {
    // @ts-expect-error a transaction in a transaction
    await tx.transaction(async () => undefined);
    // @ts-expect-error SQL that nobody has checked on both databases
    await tx.execute('select 1');
    // @ts-expect-error row locks are PostgreSQL's
    await tx.select().from(flag).for('update');
    // @ts-expect-error also behind a condition
    await tx.select().from(flag).where(eq(flag.id, 'x')).for('update');
    // @ts-expect-error PostgreSQL's only
    await tx.selectDistinctOn([flag.id]).from(flag);
    // @ts-expect-error opens the way to all of the above
    tx.select().from(flag).$dynamic();
    // @ts-expect-error drivers prepare differently: preparedQuery does it for both
    tx.select().from(flag).prepare('name');
    // @ts-expect-error reads write nothing
    await store.read.insert(flag).values([]);
    // @ts-expect-error reads write nothing
    await store.read.update(flag).set({ version: 1 });
    // @ts-expect-error reads write nothing
    await store.read.delete(flag);
    // @ts-expect-error a state that there is not
    await tx.update(flag).set({ state: 'lost' }).returning();
  });
