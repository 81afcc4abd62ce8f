import { expect, it } from 'vitest';
import routes from '#app/routes.ts';
import { checkAudit, LISTS, OWN_RECORD } from '#tests/architecture/graph/audit-classes.ts';
import { readSources } from '#tests/architecture/graph/read-sources.ts';

const sources = readSources();
const files = ['app/root.tsx', ...routes.map(({ file }) => `app/${file}`)];

it('each route and each service that changes something leaves its row in the audit log', () => {
  const audited = checkAudit(sources, files);
  console.log(
    `U3 audit classes: ${audited.routes} loaders and actions of ${files.length} routes, ` +
      `${audited.services} services that write, ${audited.wrong.length} wrong`,
  );
  expect(audited.wrong).toEqual([]);
  expect(audited.routes).toBeGreaterThanOrEqual(files.length);
}, 90_000);

it('has no exception for what is not there', () => {
  const gone = [...Object.keys(LISTS), ...Object.keys(OWN_RECORD)].filter(
    (id) => !sources.has(id.split('#')[0] ?? ''),
  );
  expect(gone).toEqual([]);
});

const PAGE = `import { guarded } from '#app/web/guarded.ts';\n`;
it.each<[string, string, string]>([
  [
    'a change without a row',
    'app/pages/planted.page.tsx',
    `${PAGE}export const action = guarded('flags.view', { audit: 'change' }, async () => null);`,
  ],
  [
    'a change that calls itself none',
    'app/pages/planted.page.tsx',
    `${PAGE}import { dismissFlag } from '#app/services/flags/decide-flag.ts';\nexport const action = guarded('flags.view', { audit: 'none' }, async ({ app }) => dismissFlag(app));`,
  ],
  [
    'a customer shown and not recorded',
    'app/pages/planted.page.tsx',
    `${PAGE}import { loadCustomer } from '#app/services/customers/load-customer.ts';\nexport const loader = guarded('customers.view', { audit: 'none' }, async ({ app }) => loadCustomer(app));`,
  ],
  [
    'no class at all',
    'app/pages/planted.page.tsx',
    `${PAGE}export const loader = guarded('flags.view', {}, async () => null);`,
  ],
  [
    'a service that writes in silence',
    'app/services/planted.ts',
    `import { insertStaff } from '#db/queries/access/staff.ts';\nexport const planted = (app) => app.store.write((tx) => insertStaff(tx, {}));`,
  ],
])(
  'would notice %s',
  (_what, path, text) => {
    const { wrong } = checkAudit(new Map(sources).set(path, text), [...files, path]);
    expect(wrong.join('\n')).toContain('planted');
  },
  90_000,
);
