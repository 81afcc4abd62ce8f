import type { Role } from '#app/domain/access/roles.ts';
import type { Deps } from '#app/services/deps.ts';
import { hashPassword } from '#app/services/access/passwords.ts';
import { isUniqueViolation } from '#db/errors.ts';
import { findDeployment } from '#db/queries/deployment/deployment.ts';
import { insertStaff, listStaff } from '#db/queries/access/staff.ts';

/** Known to everybody: it opens the demo's accounts in the demo and nothing anywhere else. */
const DEMO_PASSWORD = 'redress demo only';

const DEMO_STAFF: readonly { email: string; name: string; role: Role }[] = [
  { email: 'agent@demo.test', name: 'Avery Agent', role: 'agent' },
  { email: 'agent2@demo.test', name: 'Blake Agent', role: 'agent' },
  { email: 'finance@demo.test', name: 'Finley Finance', role: 'finance' },
  { email: 'finance2@demo.test', name: 'Gray Finance', role: 'finance' },
  { email: 'lead@demo.test', name: 'Lee Lead', role: 'lead' },
  { email: 'admin@demo.test', name: 'Ada Admin', role: 'admin' },
  { email: 'auditor@demo.test', name: 'Audrey Auditor', role: 'auditor' },
];

/** Adds the demo's accounts that are missing. Throws on any database but the demo's own. */
export const seedDemoStaff = async (app: Deps): Promise<void> => {
  const known = new Set((await listStaff(app.store.read)).map(({ email }) => email));
  const missing = DEMO_STAFF.filter(({ email }) => !known.has(email));
  if (missing.length === 0) return;
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const rows = missing.map((member) => ({
    ...member,
    id: app.newId('stf'),
    passwordHash,
    createdAt: app.now(),
    demo: true,
  }));
  try {
    await app.store.write(async (tx) => {
      if ((await findDeployment(tx))?.demo !== true)
        throw new Error('accounts of the demo are made on the demo’s own database only');
      for (const row of rows) await insertStaff(tx, row);
    });
  } catch (error) {
    // Another console on the same database was a moment earlier.
    if (!isUniqueViolation(error, 'staff_email')) throw error;
  }
};
