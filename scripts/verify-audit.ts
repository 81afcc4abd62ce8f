import '#app/platform/env-file.ts';
import { parseArgs } from 'node:util';
import { env } from '#app/platform/env.ts';
import { headsPath } from '#app/services/audit/audit-heads.ts';
import { exportHead } from '#app/services/audit/export-head.ts';
import { verifyAudit } from '#app/services/audit/verify-audit.ts';
import type { AuditVerdict } from '#app/services/audit/verify-audit.ts';
import { openStore } from '#db/store.ts';

const HELP = `npm run verify-audit -- [--json] [--export] [--heads FILE]

Checks the audit log of DATABASE_URL from its first row to its last: that every row is as it was
written, that none is missing, added or moved, that the database still refuses changes, and that the
log leads through every head exported earlier. Names the first bad row and why. Changes nothing.

  --json        the verdict as one JSON object
  --export      when all is well, adds a signed head to the file; a running console does so daily
  --heads FILE  the exported heads, if not audit-heads.ndjson beside the database

Keep copies of that file where whoever can change the database cannot: heads show rows cut off at the
end, and a log written anew from its first row. They are signed with SESSION_SECRET.
Exit status: 0 all is well, 1 something is not.`;

const say = ({ ok, rows, purged, heads, firstBad, problems }: AuditVerdict): string => {
  const count = (n: number, noun: string): string =>
    `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
  const lines = [...problems];
  if (firstBad !== null) lines.unshift(`First bad row: ${firstBad.seq}: ${firstBad.why}.`);
  if (!ok) return `The audit log is NOT as it was written.\n${lines.join('\n')}`;
  const matched =
    heads === 0
      ? 'there is no exported head to compare with'
      : `${count(heads, 'exported head')} passed`;
  const since = purged > 0 ? ` since the purge up to row ${purged.toLocaleString('en')}` : '';
  return `The audit log is as it was written: ${count(rows, 'row')}${since}, ${matched}.`;
};

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
    export: { type: 'boolean' },
    heads: { type: 'string' },
  },
});

const run = async (): Promise<boolean> => {
  const { DATABASE_URL, secret } = env();
  const kept = { path: values.heads ?? headsPath(DATABASE_URL), secret };
  const store = await openStore(DATABASE_URL, { unguarded: true });
  try {
    const verdict = await verifyAudit(store, kept);
    console.log(values.json ? JSON.stringify(verdict) : say(verdict));
    if (values.export && verdict.ok) {
      const head = await exportHead({ store, now: Date.now }, kept);
      const said = head ? `Row ${head.seq} added to` : 'Nothing new for';
      if (!values.json) console.log(`${said} ${kept.path}.`);
    }
    return verdict.ok;
  } finally {
    await store.close();
  }
};

if (values.help) {
  console.log(HELP);
} else {
  try {
    if (!(await run())) process.exitCode = 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
