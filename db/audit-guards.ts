import { postgresParts } from '#db/postgres.ts';
import { sqliteParts } from '#db/sqlite.ts';
import type { Store } from '#db/store-types.ts';
/*
 * The triggers that keep the audit log append-only, as the migrations create them. Whoever can change
 * the schema can drop one: it must not stay unnoticed. Two things alone they let pass, and only after a
 * row of the log says so: rows before a purge go (`row:123`, the last of them), and the facts of an erased
 * customer (`token:…`).
 */
const ON_SQLITE: Record<string, string> = {
  audit_event_no_update: `CREATE TRIGGER \`audit_event_no_update\` BEFORE UPDATE ON \`audit_event\`
  WHEN NOT (
    new.\`customer_id\` IS NULL AND new.\`ticket\` IS NULL AND new.\`detail\` IS NULL
    AND new.\`seq\` IS old.\`seq\` AND new.\`id\` IS old.\`id\` AND new.\`at\` IS old.\`at\`
    AND new.\`kind\` IS old.\`kind\` AND new.\`actor_id\` IS old.\`actor_id\`
    AND new.\`subject\` IS old.\`subject\` AND new.\`request_id\` IS old.\`request_id\`
    AND new.\`token\` IS old.\`token\` AND new.\`sealed\` IS old.\`sealed\`
    AND new.\`prev_hash\` IS old.\`prev_hash\` AND new.\`hash\` IS old.\`hash\`
    AND EXISTS (SELECT 1 FROM \`audit_event\` AS \`erased\`
      WHERE \`erased\`.\`kind\` = 'audit.erased' AND \`erased\`.\`subject\` = 'token:' || old.\`token\`))
  BEGIN
    SELECT RAISE(ABORT, 'the audit log is never changed');
  END`,
  audit_event_no_delete: `CREATE TRIGGER \`audit_event_no_delete\` BEFORE DELETE ON \`audit_event\`
  WHEN NOT EXISTS (SELECT 1 FROM \`audit_event\` AS \`purged\`
    WHERE \`purged\`.\`kind\` = 'audit.purged'
      AND CAST(substr(\`purged\`.\`subject\`, 5) AS integer) BETWEEN old.\`seq\` AND \`purged\`.\`seq\` - 1)
  BEGIN
    SELECT RAISE(ABORT, 'the audit log is never changed');
  END`,
  audit_event_in_order: `CREATE TRIGGER \`audit_event_in_order\` BEFORE INSERT ON \`audit_event\`
  WHEN new.\`seq\` IS NOT coalesce((SELECT max(\`seq\`) FROM \`audit_event\`), 0) + 1
    OR new.\`prev_hash\` IS NOT coalesce(
      (SELECT \`hash\` FROM \`audit_event\` ORDER BY \`seq\` DESC LIMIT 1), printf('%064d', 0))
  BEGIN
    SELECT RAISE(ABORT, 'a row of the audit log must follow on the last one');
  END`,
};

/** Enabled always (A), when they fire (pg_trigger.tgtype), and what their functions do. */
const ON_POSTGRES: Record<string, string> = {
  audit_event_no_change: `A 34 BEGIN
    RAISE EXCEPTION 'the audit log is never changed';
  END`,
  audit_event_no_update: `A 19 BEGIN
    IF NEW.customer_id IS NULL AND NEW.ticket IS NULL AND NEW.detail IS NULL
      AND (NEW.seq, NEW.id, NEW.at, NEW.kind, NEW.actor_id, NEW.subject, NEW.request_id)
        IS NOT DISTINCT FROM
        (OLD.seq, OLD.id, OLD.at, OLD.kind, OLD.actor_id, OLD.subject, OLD.request_id)
      AND (NEW.token, NEW.sealed, NEW.prev_hash, NEW.hash)
        IS NOT DISTINCT FROM (OLD.token, OLD.sealed, OLD.prev_hash, OLD.hash)
      AND EXISTS (SELECT 1 FROM audit_event AS erased
        WHERE erased.kind = 'audit.erased' AND erased.subject = 'token:' || OLD.token) THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit log is never changed';
  END`,
  audit_event_no_delete: `A 11 BEGIN
    IF EXISTS (SELECT 1 FROM audit_event AS purged
      WHERE purged.kind = 'audit.purged'
        AND substr(purged.subject, 5)::bigint BETWEEN OLD.seq AND purged.seq - 1) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit log is never changed';
  END`,
  audit_event_in_order: `A 7 DECLARE
    last record;
  BEGIN
    SELECT seq, hash INTO last FROM audit_event ORDER BY seq DESC LIMIT 1;
    IF NEW.seq <> coalesce(last.seq, 0) + 1
      OR NEW.prev_hash <> coalesce(last.hash, repeat('0', 64)) THEN
      RAISE EXCEPTION 'a row of the audit log must follow on the last one';
    END IF;
    RETURN NEW;
  END`,
};

interface Trigger {
  name: string;
  text: string;
}

const sqliteTriggers = (store: Store): Trigger[] | null => {
  const reader = sqliteParts(store)?.reader;
  if (!reader) return null;
  const asked = `select name, sql as text from sqlite_schema
    where type = 'trigger' and tbl_name = 'audit_event'`;
  // The cast: these are the columns just named.
  return reader.prepare(asked).all() as Trigger[];
};

const postgresTriggers = async (store: Store): Promise<Trigger[]> => {
  const reads = postgresParts(store)?.reads;
  if (!reads) throw new Error('the audit log is on neither database');
  const { rows } = await reads.query<Trigger>(
    `select tgname as name, tgenabled::text || ' ' || tgtype::text || ' ' || btrim(prosrc, E' \\n') as text
     from pg_trigger join pg_proc on pg_proc.oid = tgfoid
     where tgrelid = to_regclass('audit_event') and not tgisinternal and tgqual is null`,
  );
  return rows;
};

const plain = (text: string | undefined): string | undefined => text?.replace(/\s+/g, ' ').trim();

/** Names of the triggers that should keep the audit log append-only and do not. */
export const missingAuditGuards = async (store: Store): Promise<string[]> => {
  const expected = store.dialect === 'sqlite' ? ON_SQLITE : ON_POSTGRES;
  const there = sqliteTriggers(store) ?? (await postgresTriggers(store));
  const found = new Map(there.map(({ name, text }) => [name, plain(text)]));
  return Object.keys(expected).filter((name) => found.get(name) !== plain(expected[name]));
};

/** Throws, naming each trigger that is gone or not what it was. */
export const assertAuditGuards = async (store: Store): Promise<void> => {
  const missing = await missingAuditGuards(store);
  if (missing.length === 0) return;
  throw new Error(
    `The audit log is not protected: ${missing.join(', ')} is missing or was changed. ` +
      'See what happened to it with npm run verify-audit, then restore a backup.',
  );
};
