import '#app/config/env-file.ts';
import { parseArgs } from 'node:util';
import { env } from '#app/config/env.ts';
import { headsOf } from '#app/services/audit/audit-heads.ts';
import { exportHead } from '#app/services/audit/export-head.ts';
import { verifyAudit } from '#app/services/audit/verify-audit.ts';
import type { AuditVerdict } from '#app/services/audit/verify-audit.ts';
import { openStore } from '#db/store.ts';

const HELP = `npm run verify-audit -- [--json] [--export] [--heads FILE]

Checks the audit log of DATABASE_URL from its first row to its last: that every row is as it was
written, that none is missing, added or moved, that the database still refuses changes, and that the
log leads through every head exported earlier. Names the first bad row and why. Changes nothing.

  --json        the verdict as one JSON object
  --export      when all is well, adds a signed head to the file; a running console does so every minute
  --heads FILE  the exported heads, if not DATABASE.audit-heads.ndjson beside the database

Keep copies of that file where whoever can change the database cannot: heads show rows cut off at the
end, and a log written anew from its first row. They are signed with SESSION_SECRET; after a change of it
name the former ones in SESSION_SECRET_PREVIOUS.
Exit status: 0 all is well, 1 something is not, 2 something is signed with a key that is not known.`;

const isTampered = ({ firstBad, problems }: AuditVerdict): boolean =>
  firstBad !== null || problems.length > 0;

const say = (verdict: AuditVerdict): string => {
  const { ok, rows, purged, heads, firstBad, problems, unproven, notes } = verdict;
  const count = (n: number, noun: string): string =>
    `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
  const lines = [...problems, ...unproven, ...notes];
  if (firstBad !== null) lines.unshift(`First bad row: ${firstBad.seq}: ${firstBad.why}.`);
  if (isTampered(verdict)) return `The audit log is NOT as it was written.\n${lines.join('\n')}`;
  if (!ok)
    return [
      'The audit log cannot be checked in full: no row contradicts another, but',
      ...lines,
      'Name the secret of then in SESSION_SECRET_PREVIOUS, several with a comma between them.',
    ].join('\n');
  const matched =
    heads === 0
      ? 'there is no exported head to compare with'
      : `${count(heads, 'exported head')} passed`;
  const since = purged > 0 ? ` since the purge up to row ${purged.toLocaleString('en')}` : '';
  const found = `The audit log is as it was written: ${count(rows, 'row')}${since}, ${matched}.`;
  return [found, ...notes].join('\n');
};

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
    export: { type: 'boolean' },
    heads: { type: 'string' },
  },
});

const run = async (): Promise<number> => {
  const { DATABASE_URL, ...keys } = env();
  const kept = headsOf(DATABASE_URL, keys, values.heads);
  const store = await openStore(DATABASE_URL, { unguarded: true });
  try {
    const verdict = await verifyAudit(store, kept);
    console.log(values.json ? JSON.stringify(verdict) : say(verdict));
    if (values.export && verdict.ok) {
      const exported = await exportHead({ store, now: Date.now }, kept);
      const said =
        exported.kind === 'written' ? `Row ${exported.head.seq} added to` : 'Nothing new for';
      if (!values.json) console.log(`${said} ${kept.path}.`);
    }
    if (verdict.ok) return 0;
    return isTampered(verdict) ? 1 : 2;
  } finally {
    await store.close();
  }
};

if (values.help) {
  console.log(HELP);
} else {
  try {
    process.exitCode = await run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
