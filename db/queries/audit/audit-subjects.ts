import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { preparedQuery } from '#db/prepared-query.ts';
import { auditSubject } from '#db/schema/audit.ts';
import { param } from '#db/param.ts';
import type { Read, Tx } from '#db/store.ts';

export type AuditSubject = typeof auditSubject.$inferSelect;

const byCustomer = preparedQuery<{ customerId: string }, AuditSubject>((read) =>
  read
    .select({
      customerId: auditSubject.customerId,
      token: auditSubject.token,
      salt: auditSubject.salt,
    })
    .from(auditSubject)
    .where(eq(auditSubject.customerId, param('customerId', auditSubject.customerId))),
);

/** What stands for a customer in the log; null: nothing does, or does any more. */
export const findAuditSubject = async (
  read: Read,
  customerId: string,
): Promise<AuditSubject | null> => (await byCustomer(read, { customerId }))[0] ?? null;

/** The same, made at the first word about a customer. Token and salt are random: they say nothing. */
export const auditSubjectOf = async (tx: Tx, customerId: string): Promise<AuditSubject> => {
  const known = await findAuditSubject(tx, customerId);
  if (known !== null) return known;
  const token = randomBytes(16).toString('hex');
  const made = { customerId, token, salt: randomBytes(32).toString('hex') };
  await tx.insert(auditSubject).values(made).returning({ token: auditSubject.token });
  return made;
};

/** From then on nothing leads from the token to the customer. */
export const deleteAuditSubject = async (tx: Tx, token: string): Promise<void> => {
  await tx
    .delete(auditSubject)
    .where(eq(auditSubject.token, token))
    .returning({ token: auditSubject.token });
};
