import ts from 'typescript';
import { buildGraph, reachedFrom, walk } from '#tests/architecture/graph/source-graph.ts';
import type { SourceGraph, SourceNode } from '#tests/architecture/graph/source-graph.ts';

/*
 * Whether what each route and each service says of the audit log is so: a change reaches the log, `none`
 * reaches neither a write nor facts of customers, and whatever writes the database leaves a row with it.
 */

const APPEND = 'db/queries/audit/audit-events.ts#appendAudit';
const ENTRIES = new Set(['loader', 'action']);
/** Sessions, limits and the recording of views itself, which every route has. */
const isPlatform = (id: string): boolean => /^app\/(web|server|config|lib)\//.test(id);
const PERSONAL =
  /\b(customer|member|payment|refund|invoice|ledgerEntry|generation|subscription|setupAttempt|mail)\b\.[a-z]/;

/** Shows one line each of many customers, as a list must: opening one of them is what is recorded. */
export const LISTS: Readonly<Record<string, string>> = {
  'app/pages/flags/flags.page.tsx#loader': 'the queue of flags',
  'app/pages/flags/rows.resource.ts#loader': 'more of the queue of flags',
  'app/pages/flags/history.resource.ts#loader': 'who did what to a flag',
  'app/pages/search/search.page.tsx#action': 'what a search has found',
  'app/pages/search/suggestions.resource.ts#action': 'the same while it is typed',
  'app/pages/requests/queue/requests.page.tsx#loader': 'the queue of requests',
  'app/pages/requests/queue/closed-requests.page.tsx#loader': 'requests that are settled',
  'app/pages/reconciliation/reconciliation.page.tsx#loader': 'what Stripe tells differently',
  'app/pages/audit/audit.page.tsx#loader': 'the log itself',
  'app/pages/audit/rows.resource.ts#loader': 'more of the log',
  'app/pages/mail/mail.page.tsx#loader': 'the demo’s own mailbox',
};

/** Writes that nobody's deed is behind, or that keep a record of their own. */
export const OWN_RECORD: Readonly<Record<string, string>> = {
  'app/services/access/resolve-session.ts': 'when a session was last used',
  'app/services/import/ingest-book.ts': 'keeps a receipt of each delivery',
  'app/services/import/import-book.ts': 'keeps a run of each import',
  'app/services/import/import-run.ts': 'keeps a run of each import',
  'app/services/import/write-blocks.ts': 'keeps a run of each import',
  'app/services/sweep/sync-flags.ts': 'keeps a history of each flag',
  'app/services/operations/process-operation.ts':
    'when a step was tried: its row of the log follows its outcome',
  'app/services/operations/reset-future-dates.ts':
    'when a step or a letter is due: its row of the log follows its outcome',
  'app/services/deployment/clock-skew-job.ts': 'how far a machine’s clock is off: nobody’s doing',
  'app/services/access/seed-demo-staff.ts': 'the demo’s staff',
  'app/services/deployment/assert-livemode.ts':
    'whose money a database is about, once: its row says since when',
  'app/services/access/sign-in-attempts.ts#countAttempt':
    'what a refused sign-in leaves, its row says',
  'app/services/reconciliation/reconciliation-job.ts#enqueueNightly':
    'keeps a run of each comparison',
};

export interface Audited {
  routes: number;
  services: number;
  wrong: string[];
}

const classOf = ({ node }: SourceNode): string | null => {
  let found: string | null = null;
  walk(node, (part) => {
    if (ts.isPropertyAssignment(part) && part.name.getText() === 'audit')
      if (ts.isStringLiteral(part.initializer)) found ??= part.initializer.text;
    // Shows nothing and changes nothing: its own contract says so.
    if (ts.isCallExpression(part) && /^postOnly(Of)?$/.test(part.expression.getText()))
      found ??= 'none';
  });
  return found;
};

/** Whether it begins a write of the database by itself. */
const writes = ({ node }: SourceNode): boolean => /\bstore\??\.write\(/.test(node.getText());

const wrongRoute = (graph: SourceGraph, entry: SourceNode): string | null => {
  const audit = classOf(entry);
  if (audit === null) return 'declares no audit class';
  const reached = reachedFrom(graph, [entry.id], isPlatform);
  if (audit === 'change') return reached.has(APPEND) ? null : 'changes, and leaves no row';
  if (audit !== 'none') return null;
  const nodes = [...reached]
    .flatMap((id) => graph.get(id) ?? [])
    .filter(({ id }) => !isPlatform(id));
  const writer = nodes.find(writes);
  if (writer) return `says none, and comes to ${writer.id}`;
  const personal = nodes.find(
    ({ path, node }) => path.startsWith('db/queries/') && PERSONAL.test(node.getText()),
  );
  return personal && !(entry.id in LISTS) ? `says none, and shows ${personal.id}` : null;
};

export const checkAudit = (
  sources: ReadonlyMap<string, string>,
  files: readonly string[],
): Audited => {
  const graph = buildGraph(sources);
  const all = [...graph.values()];
  const routes = all.filter(
    ({ path, name, exported }) => exported && files.includes(path) && ENTRIES.has(name),
  );
  const services = all.filter(
    (entry) =>
      entry.path.startsWith('app/services/') &&
      writes(entry) &&
      !(entry.path in OWN_RECORD || entry.id in OWN_RECORD),
  );
  const silent = services.filter(({ id }) => !reachedFrom(graph, [id]).has(APPEND));
  const wrong = [
    ...routes.flatMap((entry) => {
      const what = wrongRoute(graph, entry);
      return what === null ? [] : [`${entry.id} ${what}`];
    }),
    ...silent.map(({ id }) => `${id} writes, and leaves no row`),
  ];
  return { routes: routes.length, services: services.length, wrong };
};
