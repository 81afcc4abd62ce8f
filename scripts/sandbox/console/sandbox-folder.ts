import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { headsPath } from '#app/services/audit/audit-heads.ts';
import { databaseName } from '#db/queries/deployment/deployment.ts';
import { findStaffByEmail } from '#db/queries/access/staff.ts';
import type { Read } from '#db/store.ts';

/**
 * Where the sandbox of a console's database keeps its truth: beside the database, under a name that only
 * this database gives. A new database begins with a Stripe that has refunded nothing.
 */
export const sandboxFolder = async (read: Read, databaseUrl: string): Promise<string> => {
  // Where there are people of the demo, the first of them names it since before databases had names.
  const first = await findStaffByEmail(read, 'agent@demo.test');
  const id = first?.demo ? first.id : await databaseName(read);
  const name = createHash('sha256').update(id).digest('hex').slice(0, 12);
  return join(dirname(headsPath(databaseUrl)), `sandbox-${name}`);
};
