import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EMPTY_CHAIN } from '#app/domain/audit/chain.ts';
import type { ChainEnd, ChainedEvent } from '#app/domain/audit/chain.ts';
import { exportHead } from '#app/services/audit/export-head.ts';
import type { HeadsKept } from '#app/services/audit/audit-heads.ts';
import { verifyAudit } from '#app/services/audit/verify-audit.ts';
import { hashOf } from '#db/audit-hash.ts';
import { auditEvent } from '#db/schema/audit.ts';
import type { Store } from '#db/store-types.ts';
import { dropGuards, fillLog, intrude } from '#tests/support/audit-tools.ts';
import type { Intruder } from '#tests/support/audit-tools.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
const ROWS = 40;
const now = () => Date.parse('2026-05-04T03:00:00Z');

interface Scene {
  store: Store;
  kept: HeadsKept;
  intruder: Intruder;
  /** The first bad row and the reason; null: none. */
  firstBad(): Promise<string | null>;
}

/** A log of 40 rows whose head was exported at row 30, and an intruder whom nothing holds back. */
const scene = async (): Promise<Scene> => {
  const store = await freshStore();
  const folder = mkdtempSync(join(tmpdir(), 'redress-heads-'));
  const kept = { path: join(folder, 'audit-heads.ndjson'), secret: 'a secret of this test alone' };
  await fillLog(store, 30);
  await exportHead({ store, now }, kept);
  await fillLog(store, ROWS - 30, 30);
  const intruder = await intrude(store.databaseUrl);
  await dropGuards(intruder);
  onTestFinished(async () => {
    await intruder.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const firstBad = async () => {
    const verdict = await verifyAudit(store, kept);
    return verdict.firstBad && `${verdict.firstBad.seq}: ${verdict.firstBad.why}`;
  };
  return { store, kept, intruder, firstBad };
};

const rowsOf = async (store: Store): Promise<ChainedEvent[]> =>
  store.read.select().from(auditEvent).orderBy(auditEvent.seq);

/** Gives every row from `from` on the hashes that its content asks for. */
const rehash = async ({ store, intruder }: Scene, from: number): Promise<void> => {
  const rows = await rowsOf(store);
  let end: ChainEnd = rows.find(({ seq }) => seq === from - 1) ?? EMPTY_CHAIN;
  for (const row of rows.filter(({ seq }) => seq >= from)) {
    const hash = hashOf(end.hash, row);
    await intruder.run(
      ...(['update audit_event set prev_hash = ?, hash = ? where seq = ?', end.hash] as const),
      ...[hash, row.seq],
    );
    end = { seq: row.seq, hash };
  }
};

const COPY = 'id, at, kind, actor_id, customer_id, subject, ticket, request_id, detail';

test('an untouched log is whole; that nothing protects it any more is said', async () => {
  const { store, kept } = await scene();
  const verdict = await verifyAudit(store, kept);
  expect(verdict).toMatchObject({ ok: false, rows: ROWS, heads: 1, firstBad: null });
  expect(verdict.problems.join()).toContain('audit_event_in_order is missing');
  const whole = await freshStore();
  await fillLog(whole, 3);
  const none = { ...kept, path: `${kept.path}.none` };
  expect(await verifyAudit(whole, none)).toEqual({
    ...{ ok: true, rows: 3, purged: 0, heads: 0, firstBad: null, problems: [] },
    ...{ unproven: [], notes: [] },
  });
});

const shift = (by: number, where: string): [string, string] => [
  // By way of negative numbers: a number is never taken twice.
  `update audit_event set seq = -(seq + ${by}) where ${where}`,
  'update audit_event set seq = -seq where seq < 0',
];

test.each<[string, string[], string]>([
  ['a change', [`update audit_event set ticket = 'ZD-0' where seq = 17`], '17: its content'],
  ['a row deleted', ['delete from audit_event where seq = 12'], '12: it is missing'],
  ['the first row deleted', ['delete from audit_event where seq = 1'], '1: it is missing'],
  [
    'a row deleted and the gap closed',
    ['delete from audit_event where seq = 12', ...shift(-1, 'seq > 12')],
    '12: it does not follow on row 11',
  ],
  [
    'a row inserted',
    [
      ...shift(1, 'seq > 20'),
      `insert into audit_event (seq, ${COPY}, prev_hash, hash)
       select 21, ${COPY}, prev_hash, hash from audit_event where seq = 5`,
    ],
    '21: it does not follow on row 20',
  ],
  [
    'two rows swapped',
    [
      'update audit_event set seq = -8 where seq = 8',
      'update audit_event set seq = 8 where seq = 9',
      'update audit_event set seq = 9 where seq = -8',
    ],
    '8: it does not follow on row 7',
  ],
  ['the end cut off', ['delete from audit_event where seq > 25'], '26: the log ends before it'],
  ['all of it gone', ['delete from audit_event'], '1: the log ends before it'],
  ['a row that is no number', [`update audit_event set seq = 0 where seq = 1`], '1: it is missing'],
])('%s is found, and the row named', async (_name, statements, found) => {
  const { intruder, firstBad } = await scene();
  expect(await firstBad()).toBeNull();
  for (const sql of statements) await intruder.run(sql);
  expect(await firstBad()).toContain(found);
});

test('a change whose hash was made anew shows at the row after it', async () => {
  const one = await scene();
  await one.intruder.run(`update audit_event set actor_id = 'stf_9' where seq = 17`);
  const [row] = (await rowsOf(one.store)).filter(({ seq }) => seq === 17);
  if (!row) throw new Error('there is no row 17');
  const hash = hashOf(row.prevHash, row);
  await one.intruder.run('update audit_event set hash = ? where seq = 17', hash);
  expect(await one.firstBad()).toContain('18: it does not follow on row 17');
});

test('a log written anew from some row on is found by the exported head', async () => {
  const one = await scene();
  await one.intruder.run(`update audit_event set actor_id = 'stf_9' where seq = 4`);
  await rehash(one, 4);
  expect(await one.firstBad()).toContain('30: it is not the row that was there on 2026-05-04');
});

test('heads that somebody else wrote count for nothing, and are told', async () => {
  const one = await scene();
  await one.intruder.run(`update audit_event set actor_id = 'stf_9' where seq = 4`);
  await rehash(one, 4);
  const forged = { path: `${one.kept.path}.forged`, secret: 'not the secret of this test' };
  await exportHead({ store: one.store, now }, forged);
  const verdict = await verifyAudit(one.store, { ...forged, secret: one.kept.secret });
  expect(verdict.unproven.join()).toMatch(/^Line 1 of .* signed with a key that is not known/);
  expect(verdict.ok).toBe(false);
});

/** The same places again at every run. */
const random = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return seed / 2 ** 31;
};

const COLUMNS =
  'seq id at kind actor_id customer_id subject ticket request_id detail token sealed prev_hash hash';
const FLIPS = 1_000;

const flipped = (value: string | number, next: () => number): string | number => {
  const bit = Math.floor(next() * (typeof value === 'number' ? 20 : 7));
  if (typeof value === 'number')
    return value % 2 ** 31 === value ? value ^ (1 << bit) : value + 2 ** bit;
  const at = Math.floor(next() * value.length);
  const unit = String.fromCharCode(value.charCodeAt(at) ^ (1 << bit));
  return value.slice(0, at) + unit + value.slice(at + 1);
};

const asText = (value: unknown): string | number | null => {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
};

test(`one bit at ${FLIPS} random places`, async () => {
  const { store, intruder, firstBad } = await scene();
  const next = random(20_261_122);
  const stored = await intruder.rows('select * from audit_event order by seq');
  const before = await rowsOf(store);
  const places = COLUMNS.split(' ');
  let flips = 0;
  let missed = 0;
  while (flips < FLIPS) {
    const row = stored[Math.floor(next() * stored.length)];
    const column = places[Math.floor(next() * places.length)] ?? 'kind';
    // PostgreSQL's driver gives bigints as text.
    const value = column === 'seq' ? Number(row?.['seq']) : asText(row?.[column]);
    if (!row || value === null) continue;
    const seq = Number(row['seq']);
    const other = flipped(value, next);
    if (column === 'seq' && stored.some((one) => Number(one['seq']) === other)) continue;
    try {
      await intruder.run(`update audit_event set ${column} = ? where seq = ?`, other, seq);
    } catch {
      // No value of this column: the database itself refuses it.
      continue;
    }
    const bad = await firstBad();
    if (!bad?.startsWith(`${seq}:`) && !(await isSame(store, before))) missed += 1;
    flips += 1;
    const there = column === 'seq' ? other : seq;
    await intruder.run(`update audit_event set ${column} = ? where seq = ?`, value, there);
  }
  console.log(`audit bit flips: runs=${flips} faults=${flips} violations=${missed} seed=20261122`);
  expect(missed).toBe(0);
  expect(await firstBad()).toBeNull();
}, 120_000);

/** Whether the flip changed nothing that anybody can read, such as the case of an escape in JSON. */
const isSame = async (store: Store, before: ChainedEvent[]): Promise<boolean> => {
  try {
    expect(await rowsOf(store)).toEqual(before);
    return true;
  } catch {
    return false;
  }
};
