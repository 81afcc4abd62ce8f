import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { toIso } from '#app/lib/instant.ts';
import { headsOf, readHeads } from '#app/services/audit/audit-heads.ts';
import type { HeadsKept } from '#app/services/audit/audit-heads.ts';
import { signAudit } from '#app/services/audit/audit-signature.ts';
import { eraseCustomer } from '#app/services/audit/erase-customer.ts';
import { exportHead } from '#app/services/audit/export-head.ts';
import { purgeAudit } from '#app/services/audit/purge-audit.ts';
import { verifyAudit } from '#app/services/audit/verify-audit.ts';
import { createIds } from '#app/lib/ids.ts';
import { auditEnd } from '#db/queries/audit/audit-events.ts';
import type { Store } from '#db/store-types.ts';
import { dropGuards, fillLog, intrude } from '#tests/support/audit-tools.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
const NOW = Date.parse('2026-06-01T03:00:00Z');
const now = () => NOW;
const keys = { secret: 'a secret of this test alone' };

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'redress-heads-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

/** Gives a copy of the template the name that a database made by itself would have. */
const ownStore = async (name: string): Promise<Store & { databaseUrl: string }> => {
  const store = await freshStore();
  const intruder = await intrude(store.databaseUrl);
  await intruder.run('update database_identity set name = ?', name);
  await intruder.close();
  return store;
};

/** Two databases whose heads lie in one folder, as `data` does for whoever follows the README. */
const twoInOneFolder = async () => {
  const data = folder();
  const kept = (name: string): HeadsKept => headsOf(`file:${join(data, name)}`, keys);
  const demo = { store: await ownStore('a'.repeat(32)), kept: kept('redress.db') };
  const mine = { store: await ownStore('b'.repeat(32)), kept: kept('mine.db') };
  await fillLog(demo.store, 5);
  await fillLog(mine.store, 9);
  return { demo, mine };
};

test('two databases in one folder do not stand in each other’s way', async () => {
  const { demo, mine } = await twoInOneFolder();
  for (const { store, kept } of [demo, mine]) await exportHead({ store, now }, kept);
  for (const { store, kept } of [demo, mine])
    expect(await verifyAudit(store, kept)).toMatchObject({ ok: true, heads: 1, notes: [] });
});

test('nor do they where they share a file: it says whose each head is', async () => {
  const { demo, mine } = await twoInOneFolder();
  const kept = { ...demo.kept, sharedPath: undefined };
  for (const { store } of [mine, demo, mine]) {
    await fillLog(store, 1, (await auditEnd(store.read)).seq);
    await exportHead({ store, now }, kept);
  }
  expect(await verifyAudit(mine.store, kept)).toMatchObject({ ok: true, heads: 2 });
  const verdict = await verifyAudit(demo.store, kept);
  expect(verdict).toMatchObject({ ok: true, heads: 1 });
  expect(verdict.notes).toEqual([`2 heads of other databases are in ${kept.path}.`]);
});

test('a database that was given another name is found by the rows it still has', async () => {
  const { demo } = await twoInOneFolder();
  await exportHead({ store: demo.store, now }, demo.kept);
  const intruder = await intrude(demo.store.databaseUrl);
  await intruder.run('update database_identity set name = ?', 'c'.repeat(32));
  await intruder.close();
  const { ok, problems } = await verifyAudit(demo.store, demo.kept);
  expect(ok).toBe(false);
  expect(problems.join()).toContain('the name of this one was changed');
});

/** A line as it was written before heads named their database and their key. */
const oldLine = async (store: Store, secret: string): Promise<string> => {
  const { seq, hash } = await auditEnd(store.read);
  const at = toIso(NOW);
  const signature = signAudit('head', secret, `${at} ${seq} ${hash}`);
  return `${JSON.stringify({ at, seq, hash, signature })}\n`;
};

test('old heads that name no database still count for theirs, and are taken into its file', async () => {
  const { demo, mine } = await twoInOneFolder();
  const lines = [await oldLine(demo.store, keys.secret), await oldLine(mine.store, keys.secret)];
  const shared = join(dirname(demo.kept.path), 'audit-heads.ndjson');
  writeFileSync(shared, lines.join(''));
  for (const { store, kept } of [demo, mine]) {
    expect(await verifyAudit(store, kept)).toMatchObject({ ok: true, heads: 1 });
    await fillLog(store, 1, (await auditEnd(store.read)).seq);
    await exportHead({ store, now }, kept);
    expect(await readHeads(kept.path, kept)).toHaveLength(2);
    expect(await verifyAudit(store, kept)).toMatchObject({ ok: true, heads: 2, notes: [] });
  }
  // Named with --heads, an old file is believed as it stands.
  writeFileSync(shared, lines[1] ?? '');
  const named = headsOf('file:x', keys, shared);
  expect(await verifyAudit(mine.store, named)).toMatchObject({ ok: true, heads: 1 });
  expect((await verifyAudit(demo.store, named)).firstBad?.seq).toBe(7);
});

test('a changed secret is no tampering, and the former one can be named', async () => {
  const { mine } = await twoInOneFolder();
  const deps = { store: mine.store, now, newId: createIds(now) };
  await exportHead(deps, mine.kept);
  await purgeAudit(deps, mine.kept, { before: Date.parse('2026-05-03T09:03:00Z'), by: 'me' });
  await eraseCustomer(deps, mine.kept, { customerId: 'cus_5', by: 'me' });
  const changed = { ...mine.kept, secret: 'another secret, from today on' };
  const verdict = await verifyAudit(mine.store, changed);
  expect(verdict).toMatchObject({ ok: false, firstBad: null, problems: [] });
  expect(verdict.unproven).toHaveLength(3);
  for (const said of verdict.unproven)
    expect(said).toContain('signed with a key that is not known');
  const rotated = { ...changed, former: [keys.secret] };
  expect(await verifyAudit(mine.store, rotated)).toMatchObject({ ok: true, unproven: [] });
  await exportHead(deps, rotated);
  expect(await verifyAudit(mine.store, rotated)).toMatchObject({ ok: true, unproven: [] });
});

test('a log that ends before what was written down is not written down over it', async () => {
  const { mine } = await twoInOneFolder();
  await exportHead({ store: mine.store, now }, mine.kept);
  const intruder = await intrude(mine.store.databaseUrl);
  await dropGuards(intruder);
  await intruder.run('delete from audit_event where seq > 6');
  await intruder.close();
  const found = await exportHead({ store: mine.store, now }, mine.kept);
  expect(found).toMatchObject({ kind: 'behind', last: { seq: 9 }, end: { seq: 6 } });
  renameSync(mine.kept.path, `${mine.kept.path}.away`);
  expect((await exportHead({ store: mine.store, now }, mine.kept)).kind).toBe('written');
});
