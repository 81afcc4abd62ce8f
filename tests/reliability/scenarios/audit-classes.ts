import routes from '#app/routes.ts';
import { checkAudit } from '#tests/architecture/graph/audit-classes.ts';
import { readSources } from '#tests/architecture/graph/read-sources.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';

/** U3: every route says what it leaves in the audit log and does so; every service that writes does. */
export const auditClasses = (): Figure => {
  const files = ['app/root.tsx', ...routes.map(({ file }) => `app/${file}`)];
  const { routes: entries, services, wrong } = checkAudit(readSources(), files);
  const note = `${entries} loaders and actions of ${files.length} routes, ${services} services`;
  const runs = entries + services;
  return { name: 'U3 audit classes', runs, faults: 0, violations: wrong, seed: null, note };
};
