import { and, eq, isNull, like, notLike } from 'drizzle-orm';
import { account } from '#db/schema/account.ts';
import { customer } from '#db/schema/book.ts';
import { databaseIdentity, deployment } from '#db/schema/deployment.ts';
import { importRun } from '#db/schema/imports.ts';
import { staff } from '#db/schema/staff.ts';
import type { Read, Tx } from '#db/store.ts';

const ID = 'this';
/** The file that the demo's start loads, wherever it lies. */
const DEMO_BOOK = '%demo-book.ndjson';

export type Deployment = Omit<typeof deployment.$inferSelect, 'id'>;

/** What the database was bound to; null: nothing was started on it yet. */
export const findDeployment = async (read: Read): Promise<Deployment | null> => {
  const rows = await read
    .select({
      live: deployment.live,
      demo: deployment.demo,
      since: deployment.since,
    })
    .from(deployment)
    .where(eq(deployment.id, ID))
    .limit(1);
  return rows[0] ?? null;
};

/** Says it once and for all; of two that come at once the first is believed. */
export const insertDeployment = async (tx: Tx, row: Deployment): Promise<void> => {
  await tx
    .insert(deployment)
    .values({ id: ID, ...row })
    .onConflictDoNothing()
    .returning({ id: deployment.id });
};

/** The name that tells this database from others; a copy of it bears the same. */
export const databaseName = async (read: Read): Promise<string> => {
  const [row] = await read.select({ name: databaseIdentity.name }).from(databaseIdentity);
  // Written by the migration that has made the table.
  if (row === undefined) throw new Error('the database has lost its name (database_identity)');
  return row.name;
};

/** Adds what an earlier version did not note; what is noted stays. */
export const completeDeployment = async (tx: Tx, added: { demo: boolean }): Promise<void> => {
  await tx
    .update(deployment)
    .set(added)
    .where(and(eq(deployment.id, ID), isNull(deployment.demo)))
    .returning({ id: deployment.id });
};

/** Whether anything is known of any customer. */
const hasAnyCustomer = async (read: Read): Promise<boolean> => {
  const known = await read.select({ id: customer.id }).from(customer).limit(1);
  if (known.length > 0) return true;
  const mentioned = await read.select({ id: account.customerId }).from(account).limit(1);
  return mentioned.length > 0;
};

const hasRunOf = async (read: Read, demoBook: boolean): Promise<boolean> => {
  const { fileName } = importRun;
  const rows = await read
    .select({ id: importRun.id })
    .from(importRun)
    .where(demoBook ? like(fileName, DEMO_BOOK) : notLike(fileName, DEMO_BOOK))
    .limit(1);
  return rows.length > 0;
};

/** What has happened on the database so far, as far as it tells whose it is. */
export const pastOf = async (read: Read) => {
  const people = await read.select({ demo: staff.demo }).from(staff);
  return {
    hasDemoStaff: people.some(({ demo }) => demo),
    hasStaff: people.length > 0,
    hasCustomers: await hasAnyCustomer(read),
    hasDemoBook: await hasRunOf(read, true),
    hasOtherBooks: await hasRunOf(read, false),
  };
};
