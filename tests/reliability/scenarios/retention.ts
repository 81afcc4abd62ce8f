import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eraseCustomer } from '#app/services/audit/erase-customer.ts';
import { exportHead } from '#app/services/audit/export-head.ts';
import type { HeadsKept } from '#app/services/audit/audit-heads.ts';
import { purgeAudit } from '#app/services/audit/purge-audit.ts';
import { verifyAudit } from '#app/services/audit/verify-audit.ts';
import { fillLog, intrude } from '#tests/support/audit-tools.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { refusals, tamperings } from '#tests/reliability/scenarios/retention-attacks.ts';

const ROWS = 90;
const PURGED = 30;
/** When row 31 was written: see fillLog. */
const BEFORE = Date.parse('2026-05-03T09:00:00Z') + PURGED * 61_000;
const GONE = 'cus_3';

/**
 * U7: a purge and an erasure leave a log that is as it was written, without the rows and without a word of
 * the customer; nothing else can be taken out, and what is tampered with later is still named.
 */
export const retention = async (
  world: Pick<MoneyWorld, 'store' | 'databaseUrl' | 'newId' | 'now'>,
): Promise<Figure> => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-retention-'));
  const kept = { path: join(folder, 'audit-heads.ndjson'), secret: 'a secret of this run alone' };
  const intruder = await intrude(world.databaseUrl);
  const violations: string[] = [];
  let runs = 0;
  const expect = (holds: boolean, what: string): void => {
    runs += 1;
    if (!holds) violations.push(what);
  };
  try {
    await fillLog(world.store, 20);
    await exportHead(world, kept);
    await fillLog(world.store, ROWS - 20, 20);
    await exportHead(world, kept);
    await purgeAndErase(world, kept, expect);
    const left = JSON.stringify(await intruder.rows('select * from audit_event'));
    expect(!left.includes(GONE), 'the erased customer is still in the log');
    expect(!left.includes('case 59') && !left.includes('ZD-52'), 'its facts are still in the log');
    expect(left.includes('case 61'), 'another customer’s facts are gone');
    for (const what of await refusals(intruder)) expect(what === null, String(what));
    for (const what of await tamperings(world.store, kept, intruder))
      expect(what === null, String(what));
  } finally {
    await intruder.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return { name: 'U7 retention', runs, faults: 0, violations, seed: null };
};

async function purgeAndErase(
  world: Pick<MoneyWorld, 'store' | 'newId' | 'now'>,
  kept: HeadsKept,
  expect: (holds: boolean, what: string) => void,
): Promise<void> {
  const verdict = () => verifyAudit(world.store, kept);
  const early = await purgeAudit(world, kept, { before: 0, by: 'nobody' });
  expect(early.kind === 'nothing', `purged before the first row: ${early.kind}`);
  const purge = await purgeAudit(world, kept, { before: BEFORE, by: 'nobody' });
  expect(purge.kind === 'purged' && purge.rows === PURGED, `purged: ${JSON.stringify(purge)}`);
  const after = await verdict();
  expect(after.ok, `after the purge: ${JSON.stringify(after)}`);
  expect(after.purged === PURGED && after.rows === ROWS - PURGED + 1, 'wrong rows were purged');
  expect(after.heads >= 3, `${after.heads} heads passed`);
  const erased = await eraseCustomer(world, kept, { customerId: GONE, by: 'nobody' });
  // Of every seventh row, those left.
  expect(erased.rows === 9 && erased.left === 0, `erased: ${JSON.stringify(erased)}`);
  expect((await verdict()).ok, `after the erasure: ${JSON.stringify(await verdict())}`);
  const again = await eraseCustomer(world, kept, { customerId: GONE, by: 'nobody' });
  expect(again.rows === 0, 'erased twice');
  await fillLog(world.store, 1, ROWS);
  await purgeAudit(world, kept, { before: BEFORE + 5 * 61_000, by: 'nobody' });
  expect((await verdict()).ok, `after a second purge: ${JSON.stringify(await verdict())}`);
}
