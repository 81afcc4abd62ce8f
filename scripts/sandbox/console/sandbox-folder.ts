import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { headsPath } from '#app/services/audit/audit-heads.ts';
import type { Deps } from '#app/services/deps.ts';
import { DEMO_STAFF, ensureDemoStaff } from '#app/services/ensure-demo-staff.ts';
import { findStaffByEmail } from '#db/queries/staff.ts';

/**
 * Where the sandbox of a console's database keeps its truth: beside the database, under a name that only
 * this database gives. A new database has new staff, and so begins with a Stripe that has refunded nothing.
 */
export const sandboxFolder = async (deps: Deps, databaseUrl: string): Promise<string> => {
  await ensureDemoStaff(deps);
  const [first] = DEMO_STAFF;
  const staff = first && (await findStaffByEmail(deps.store.read, first.email));
  if (!staff) throw new Error('the demo has no staff');
  const name = createHash('sha256').update(staff.id).digest('hex').slice(0, 12);
  return join(dirname(headsPath(databaseUrl)), `sandbox-${name}`);
};
