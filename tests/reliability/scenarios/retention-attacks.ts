import type { HeadsKept } from '#app/services/audit/audit-heads.ts';
import { verifyAudit } from '#app/services/audit/verify-audit.ts';
import { ERASED, PURGED } from '#db/queries/audit/audit-retention.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { dialect } from '#db/dialect/dialect.ts';
import type { Store } from '#db/store-types.ts';
import { dropGuards } from '#tests/support/audit-tools.ts';
import type { Intruder } from '#tests/support/audit-tools.ts';
/** Past the purge, of a customer who was not erased. */
const ROW = 61;
const COLUMNS = 'seq, id, at, kind, prev_hash, hash';

/** What the database must still refuse although rows and facts were given up before. */
const STATEMENTS: readonly [string, string][] = [
  ['a change', `update audit_event set kind = 'x' where seq = ${ROW}`],
  ['facts of a customer who was not erased', erase(`seq = ${ROW}`)],
  [
    'an erased row changed besides',
    `update audit_event set customer_id = null, ticket = null, detail = null, kind = 'x'
     where token is not null and customer_id is null`,
  ],
  [
    'facts put back',
    `update audit_event set ticket = 'ZD-1' where token is not null and customer_id is null`,
  ],
  ['a row after the purge deleted', `delete from audit_event where seq = ${ROW}`],
  ['the mark of the purge deleted', `delete from audit_event where kind = '${PURGED}'`],
  ['the mark of the erasure deleted', `delete from audit_event where kind = '${ERASED}'`],
  ['everything deleted', 'delete from audit_event'],
  [
    'insert or replace',
    dialect === 'sqlite'
      ? `insert or replace into audit_event (${COLUMNS}) select ${COLUMNS} from audit_event where seq = ${ROW}`
      : `with gone as (delete from audit_event where seq = ${ROW} returning *)
         insert into audit_event (${COLUMNS}) select ${COLUMNS} from gone`,
  ],
  [
    'a row where purged ones were',
    `insert into audit_event (${COLUMNS}) select 5, id, at, kind, prev_hash, hash from audit_event where seq = ${ROW}`,
  ],
];

function erase(where: string): string {
  return `update audit_event set customer_id = null, ticket = null, detail = null where ${where}`;
}

/** For each statement what was wrong, or null: it was refused. */
export const refusals = async (intruder: Intruder): Promise<(string | null)[]> => {
  const answers: (string | null)[] = [];
  for (const [what, sql] of STATEMENTS)
    answers.push(
      await intruder.run(sql).then(
        () => `the database let through: ${what}`,
        (error: unknown) =>
          /audit log (is never changed|must follow)/.test(String(error)) ? null : String(error),
      ),
    );
  return answers;
};

/** A change that the database no longer refuses, how it is undone, and what must be said of it. */
const TAMPERINGS: readonly [string, string, string, RegExp][] = [
  [
    'a ticket',
    `update audit_event set ticket = 'ZD-0' where seq = ${ROW}`,
    `update audit_event set ticket = 'ZD-60' where seq = ${ROW}`,
    new RegExp(`^${ROW}: its content`),
  ],
  [
    'a kind',
    `update audit_event set kind = 'x' where seq = ${ROW}`,
    `update audit_event set kind = 'customer.viewed' where seq = ${ROW}`,
    new RegExp(`^${ROW}: its content`),
  ],
  [
    'a customer hidden without an erasure',
    `update audit_event set customer_id = null where seq = ${ROW}`,
    `update audit_event set customer_id = 'cus_4' where seq = ${ROW}`,
    new RegExp(`^${ROW}: its content`),
  ],
  [
    'facts written over an erasure',
    `update audit_event set ticket = 'ZD-1' where seq = 39`,
    `update audit_event set ticket = null where seq = 39`,
    /^39: it tells of a customer who was erased/,
  ],
  [
    'a salt',
    `update audit_subject set salt = 'x' || salt`,
    `update audit_subject set salt = substr(salt, 2)`,
    /^36: its content/,
  ],
  [
    'the first row that is left',
    'update audit_event set seq = -36 where seq = 36',
    'update audit_event set seq = 36 where seq = -36',
    /^36: it is missing/,
  ],
];

/** The same for tampering where nothing protects the log any more: was the row named? */
export const tamperings = async (
  store: Store,
  kept: HeadsKept,
  intruder: Intruder,
): Promise<(string | null)[]> => {
  await dropGuards(intruder);
  const answers: (string | null)[] = [];
  const said = async (): Promise<string> => {
    const { firstBad, problems, unproven } = await verifyAudit(store, kept);
    const rest = [...problems, ...unproven].join(' ');
    return firstBad === null ? `whole; ${rest}` : `${firstBad.seq}: ${firstBad.why}`;
  };
  for (const [what, sql, undo, wanted] of TAMPERINGS) {
    await intruder.run(sql);
    const found = await said();
    answers.push(wanted.test(found) ? null : `${what}: ${found}`);
    await intruder.run(undo);
  }
  const clean = await said();
  if (!clean.startsWith('whole')) answers.push(`after undoing: ${clean}`);
  answers.push(...(await forgeries(store, intruder, said)));
  return answers;
};

/** Marks that whoever has the database writes, chain and all, without the secret. */
async function forgeries(
  store: Store,
  intruder: Intruder,
  said: () => Promise<string>,
): Promise<(string | null)[]> {
  const answers: (string | null)[] = [];
  const [token] = await intruder.rows(`select token from audit_event where seq = ${ROW}`);
  const row = { id: 'aud_forged', at: Date.parse('2026-06-01T00:00:00Z') };
  const forged = { ...row, kind: ERASED, subject: `token:${String(token?.['token'])}` };
  await store.write((tx) => appendAudit(tx, { ...forged, detail: { signature: 'a'.repeat(64) } }));
  await intruder.run(erase(`token = '${String(token?.['token'])}'`));
  await intruder.run(`delete from audit_subject where token = '${String(token?.['token'])}'`);
  const erasure = await said();
  answers.push(
    /\(audit\.erased\) is signed with a key that is not known/.test(erasure)
      ? null
      : `forged erasure: ${erasure}`,
  );
  const [mark] = await intruder.rows(`select hash from audit_event where seq = 60`);
  const purge = { ...row, kind: PURGED, subject: 'row:60' };
  const detail = { hash: String(mark?.['hash']), signature: 'b'.repeat(64) };
  await store.write((tx) => appendAudit(tx, { ...purge, detail }));
  await intruder.run('delete from audit_event where seq <= 60');
  const cut = await said();
  const named =
    /^61: |\(audit\.purged\) is (signed with a key that is not known|not what was signed)/.test(
      cut,
    );
  answers.push(named ? null : `forged purge: ${cut}`);
  return answers;
}
