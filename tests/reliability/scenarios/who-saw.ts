import { loadAuditPage } from '#app/services/audit/load-audit-lines.ts';
import type { AuditCursor } from '#app/services/audit/load-audit-lines.ts';
import { dialect } from '#db/dialect/dialect.ts';
import { dropGuard, intrude } from '#tests/support/audit-tools.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { hirePeople } from '#tests/reliability/scenarios/people.ts';

const CUSTOMERS = 5_000;
const ASKED = 50;
const MOST_MS = 200;
const START = Date.parse('2026-01-01T00:00:00Z');

/** Rows as the log has them but for their hashes, in one statement: a million of them in seconds. */
const filling = (rows: number): string => {
  const at = `${START} + n.i * 1000`;
  const values = `n.i, 'aud_' || n.i, ${dialect === 'sqlite' ? at : `to_timestamp((${at}) / 1000.0)`},
    'customer.viewed', 'stf_agent', 'cus_' || (n.i % ${CUSTOMERS}), 'ZD-' || n.i, '0', '0'`;
  const columns = 'seq, id, at, kind, actor_id, customer_id, ticket, prev_hash, hash';
  const numbers =
    dialect === 'sqlite'
      ? `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})`
      : `with n as (select cast(generate_series(1, ${rows}) as bigint) as i)`;
  return dialect === 'sqlite'
    ? `insert into audit_event (${columns}) ${numbers} select ${values} from n`
    : `${numbers} insert into audit_event (${columns}) select ${values} from n`;
};

/** U4: who saw a customer, on which ticket, is one question with a quick answer in a long log. */
export const whoSaw = async (world: MoneyWorld, rows: number): Promise<Figure> => {
  await hirePeople(world);
  const intruder = await intrude(world.databaseUrl);
  await dropGuard(intruder, 'audit_event_in_order');
  await intruder.run(filling(rows));
  // As the server itself does, some time after so many new rows.
  await intruder.run('analyze audit_event');
  await intruder.close();
  const violations: string[] = [];
  let slowest = 0;
  for (let nth = 0; nth < ASKED; nth += 1) {
    const customerId = `cus_${(nth * 97) % CUSTOMERS}`;
    const { seen, ms } = await viewsOf(world, customerId);
    slowest = Math.max(slowest, ms);
    const wanted = Math.floor(rows / CUSTOMERS);
    if (Math.abs(seen - wanted) > 1) violations.push(`${customerId}: ${seen} of ${wanted} views`);
  }
  if (slowest > MOST_MS) violations.push(`${slowest.toFixed(0)} ms for a page`);
  const note = `${rows} rows, slowest page ${slowest.toFixed(1)} ms`;
  return { name: 'U4 who saw a customer', runs: ASKED, faults: 0, violations, seed: null, note };
};

/** Every view of a customer, page after page, and the slowest page. */
async function viewsOf(
  world: MoneyWorld,
  customerId: string,
): Promise<{ seen: number; ms: number }> {
  const { store, now, newId } = world;
  const actor = {
    staffId: 'stf_lead',
    name: 'lead',
    email: 'lead@demo.test',
    role: 'lead',
  } as const;
  let [seen, ms] = [0, 0];
  let after: AuditCursor | undefined;
  do {
    const started = performance.now();
    const ask = { customerId, kind: 'customer.viewed', after };
    const page = await loadAuditPage({ store, now, newId, actor, ticket: null }, ask);
    ms = Math.max(ms, performance.now() - started);
    seen += page?.rows.filter(({ ticket }) => ticket !== null).length ?? 0;
    after = page?.next ?? undefined;
  } while (after !== undefined);
  return { seen, ms };
}
