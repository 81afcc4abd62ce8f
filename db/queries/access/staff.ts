import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import { staff } from '#db/schema/staff.ts';
import { param } from '#db/param.ts';
import type { Read, Tx } from '#db/store.ts';

export type StaffRow = typeof staff.$inferSelect;
export type NewStaff = typeof staff.$inferInsert;

/** E-mails are compared without case: the stored one is lower case. */
export const foldEmail = (email: string): string => email.trim().toLowerCase();

export const findStaffByEmail = async (read: Read, email: string): Promise<StaffRow | null> => {
  const rows = await read
    .select()
    .from(staff)
    .where(eq(staff.email, foldEmail(email)));
  return rows[0] ?? null;
};

const staffWithId = preparedQuery<{ id: string }, StaffRow>((read) =>
  read
    .select()
    .from(staff)
    .where(eq(staff.id, param('id', staff.id))),
);

export const findStaff = async (read: Read, id: string): Promise<StaffRow | null> =>
  (await staffWithId(read, { id }))[0] ?? null;

export const listStaff = async (read: Read): Promise<StaffRow[]> =>
  read.select().from(staff).orderBy(asc(staff.email));

/** Whether anybody but people of the demo may sign in. */
export const hasOwnStaff = async (read: Read): Promise<boolean> => {
  const rows = await read
    .select({ id: staff.id })
    .from(staff)
    .where(and(eq(staff.demo, false), isNull(staff.disabledAt)))
    .limit(1);
  return rows.length > 0;
};

export const insertStaff = async (tx: Tx, row: NewStaff): Promise<void> => {
  await tx
    .insert(staff)
    .values({ ...row, email: foldEmail(row.email) })
    .returning({ id: staff.id });
};

/** Changes one account; answers whether there was one. */
export const updateStaff = async (
  tx: Tx,
  id: string,
  change: {
    role?: Role;
    passwordHash?: string;
    disabledAt?: Instant | null;
    awayUntil?: Instant | null;
  },
): Promise<boolean> => {
  const rows = await tx
    .update(staff)
    .set(change)
    .where(eq(staff.id, id))
    .returning({ id: staff.id });
  return rows.length > 0;
};
