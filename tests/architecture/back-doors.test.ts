import { expect, it } from 'vitest';
import { listDoors } from '#tests/architecture/graph/back-doors.ts';
import { readSources } from '#tests/architecture/graph/read-sources.ts';

const sources = readSources();

it('whatever can move value stands behind a gate', () => {
  const { doors, back, entrances } = listDoors(sources);
  console.log(
    [...doors, ...entrances, `${doors.length} doors, ${back.length} back doors`].join('\n'),
  );
  expect(back).toEqual([]);
  expect(doors.length).toBeGreaterThan(20);
}, 90_000);

const IN = `import type { RemedyDeps } from '#app/services/deps.ts';\n`;

it.each<[string, string, string]>([
  [
    'a service that refunds by itself',
    'app/services/operations/planted.ts',
    `${IN}export const planted = (deps: RemedyDeps) => deps.stripe.createRefund({ body: '', key: '' });`,
  ],
  [
    'one that takes the function out first',
    'app/services/operations/planted.ts',
    `${IN}export const planted = ({ stripe: { createRefund: go } }: RemedyDeps) => go({ body: '', key: '' });`,
  ],
  [
    'one that names it in brackets',
    'app/services/operations/planted.ts',
    `${IN}export const planted = (deps: RemedyDeps) => deps.productApi['postAdjustment']({ body: '', key: '' });`,
  ],
  [
    'a command that sends a step unclaimed',
    'scripts/planted.ts',
    `import { executeOperation as go } from '#app/services/operations/execute-operation.ts';\nawait go(deps, step);`,
  ],
  [
    'a page that approves',
    'app/pages/planted.page.ts',
    `import * as content from '#app/services/requests/lifecycle/request-columns.ts';\nexport const action = async () => content.approveAndPlan(a, b, c, d);`,
  ],
  [
    'steps out of nothing',
    'app/services/planted.ts',
    `import { insertOperations } from '#db/queries/operations/operations.ts';\nexport const planted = (tx) => insertOperations(tx, []);`,
  ],
  [
    'credits written straight into the ledger',
    'db/queries/planted.ts',
    `import { ledgerEntry } from '#db/schema/book.ts';\nexport const planted = (tx) => tx.insert(ledgerEntry).values({}).returning();`,
  ],
  [
    'the same in SQL',
    'scripts/planted.ts',
    'db.exec(`insert or ignore into ledger_entry values (1)`);',
  ],
  [
    'a book taken in on the side',
    'app/services/planted.ts',
    `export const planted = async () => (await import('#app/services/import/save-records.ts')).saveRecords(tx, []);`,
  ],
  [
    'mail past the outbox',
    'app/services/planted.ts',
    `export const planted = (deps) => deps.mail.send({ to: 'x@y.test' });`,
  ],
  [
    'something new of Stripe',
    'app/integrations/stripe/planted.ts',
    `export const openMore = (client) => ({ voidInvoice: async (id) => client.invoices.voidInvoice(id) });`,
  ],
])(
  'would notice %s',
  (_what, path, text) => {
    const use = `export const use = (api) => api.voidInvoice('in_1');`;
    const planted = new Map(sources).set(path, text);
    if (path.startsWith('app/integrations/')) planted.set('app/services/planted.ts', use);
    expect(listDoors(planted).back.join('\n')).toMatch(/planted/);
  },
  90_000,
);

it('would notice a gate that asks nothing any more', () => {
  const path = 'app/services/operations/process-operation.ts';
  const text = (sources.get(path) ?? '').replaceAll('claimOperation', 'takeOperation');
  expect(listDoors(new Map(sources).set(path, text)).back.join()).toContain('does not ask');
}, 90_000);
