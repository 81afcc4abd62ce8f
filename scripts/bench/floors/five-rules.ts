import type { Database } from 'better-sqlite3';

/*
 * The first five rules as one would best write them in SQLite's own SQL over the same tables and
 * indexes: what a sweep has to be measured against. They leave out what SQL cannot say shortly (the
 * competition of payments for grants, partly refunded payments, sets of duplicates).
 */
const MISSING_CREDITS = `
  select p.id from payment p
  where p.status = 'succeeded' and p.captured_at <= :asOf - 900000
    and p.purpose in ('credit_pack', 'renewal', 'upgrade') and p.credits > 0
    and coalesce(p.dispute_status, '') <> 'lost'
    and coalesce((select sum(e.credits) from ledger_entry e where e.payment_id = p.id
      and e.kind in ('purchase', 'renewal', 'upgrade', 'adjustment')), 0) < p.credits
    and not exists (select 1 from ledger_entry e where e.customer_id = p.customer_id
      and e.occurred_at between p.captured_at - 60000 and p.captured_at + 86400000
      and e.payment_id is null and e.credits = p.credits
      and e.kind = case p.purpose when 'credit_pack' then 'purchase' else p.purpose end)
    and not exists (select 1 from refund r where r.customer_id = p.customer_id
      and r.payment_id = p.id and r.status in ('pending', 'requires_action', 'succeeded'))`;

const DUPLICATE_CHARGE = `
  select id from (
    select id, captured_at - lag(captured_at) over (
      partition by customer_id, amount, currency, purpose, product order by captured_at, id) as apart
    from payment where status = 'succeeded' and captured_at <= :asOf
      and coalesce(dispute_status, '') not in ('open', 'lost'))
  where apart <= 3600000`;

const FAILED_GENERATION_CHARGE = `
  select g.id from generation g
  where g.status = 'failed' and g.finished_at <= :asOf - 300000
    and (select sum(e.credits) from ledger_entry e
      where e.generation_id = g.id and e.customer_id = g.customer_id) < 0`;

const NEGATIVE_BALANCE = `
  select c.customer_id from (
    select customer_id, sum(credits) as moved from ledger_entry where occurred_at <= :asOf
    group by customer_id) c
  where c.moved + (select coalesce(f.balance_after - f.credits, 0) from ledger_entry f
    where f.customer_id = c.customer_id order by f.occurred_at, f.sequence, f.id limit 1) < 0`;

const OVERCHARGED_GENERATION = `
  select g.id from generation g
  where g.status = 'succeeded' and g.finished_at <= :asOf
    and -(select sum(e.credits) from ledger_entry e
      where e.generation_id = g.id and e.customer_id = g.customer_id) > case g.kind
    when 'training' then 400
    when 'video' then (case g.tier when 'standard' then 10 else 20 end) * ceil(g.duration_seconds)
    else (case g.tier when 'standard' then 4 else 8 end) * coalesce(g.count, 1)
      * (case g.resolution when '4K' then 3 when '2K' then 2 else 1 end) end`;

const FIVE_RULES = {
  'missing-credits': MISSING_CREDITS,
  'duplicate-charge': DUPLICATE_CHARGE,
  'failed-generation-charge': FAILED_GENERATION_CHARGE,
  'negative-balance': NEGATIVE_BALANCE,
  'overcharged-generation': OVERCHARGED_GENERATION,
};

/** Runs the five over the whole book; how many rows each found, and the milliseconds of each. */
export function runFiveRules(
  database: Database,
  asOf: number,
): { rule: string; found: number; ms: number }[] {
  return Object.entries(FIVE_RULES).map(([rule, sql]) => {
    const statement = database.prepare(sql).pluck();
    const started = performance.now();
    const found = statement.all({ asOf }).length;
    return { rule, found, ms: performance.now() - started };
  });
}
