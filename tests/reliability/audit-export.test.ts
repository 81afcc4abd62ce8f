import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { HOUR, SECOND } from '#app/lib/instant.ts';
import { headsPath, readHeads } from '#app/services/audit/audit-heads.ts';
import type { HeadsKept } from '#app/services/audit/audit-heads.ts';
import { exportHead } from '#app/services/audit/export-head.ts';
import { startExportTimer } from '#app/services/audit/export-timer.ts';
import { thinHeads } from '#app/services/audit/thin-heads.ts';
import { verifyAudit } from '#app/services/audit/verify-audit.ts';
import { auditEnd } from '#db/queries/audit/audit-events.ts';
import { databaseName } from '#db/queries/deployment/deployment.ts';
import type { Store } from '#db/store-types.ts';
import { dropGuards, fillLog, intrude } from '#tests/support/audit-tools.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
const START = Date.parse('2026-05-03T12:00:00Z');

const heads = () => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-heads-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return {
    path: join(folder, 'below', 'audit-heads.ndjson'),
    secret: 'a secret of this test alone',
  };
};

test('the head is written once, signed, for its owner’s eyes only, and not again where nothing came', async () => {
  const store = await freshStore();
  const kept = heads();
  const deps = { store, now: () => START };
  expect(await exportHead(deps, kept)).toEqual({ kind: 'nothing' });
  await fillLog(store, 2);
  expect(await exportHead(deps, kept)).toEqual({
    kind: 'written',
    head: {
      ...{ at: '2026-05-03T12:00:00.000Z', ...(await auditEnd(store.read)) },
      ...{ database: await databaseName(store.read), restored: false },
    },
  });
  expect(await exportHead(deps, kept)).toEqual({ kind: 'nothing' });
  expect(statSync(kept.path).mode & 0o777).toBe(0o600);
  expect(readFileSync(kept.path, 'utf8').split('\n')).toHaveLength(2);
  expect(readFileSync(kept.path, 'utf8')).not.toContain(kept.secret);
});

test.each([
  ['the number', '"seq":2', '"seq":3'],
  ['the time', '2026-05-03', '2026-05-04'],
  ['the database', '"database":"', '"database":"0'],
])('a line in which %s was changed is no head', async (_name, from, to) => {
  const store = await freshStore();
  const kept = heads();
  await fillLog(store, 2);
  await exportHead({ store, now: () => START }, kept);
  writeFileSync(kept.path, readFileSync(kept.path, 'utf8').replace(from, to));
  expect(await readHeads(kept.path, kept)).toMatchObject([{ line: 1, trust: 'changed' }]);
  const { ok, problems } = await verifyAudit(store, kept);
  expect({ ok, problems }).toEqual({
    ok: false,
    problems: [`Line 1 of ${kept.path} was changed after being written.`],
  });
});

test('a line that is none is told', async () => {
  const store = await freshStore();
  const kept = heads();
  await fillLog(store, 2);
  await exportHead({ store, now: () => START }, kept);
  writeFileSync(kept.path, readFileSync(kept.path, 'utf8').replace('{', ''));
  expect((await verifyAudit(store, kept)).problems).toEqual([`Line 1 of ${kept.path} is no head.`]);
});

type Log = Parameters<typeof startExportTimer>[0]['log'];

/** Runs the timer with one of `between` after each of its looks, and stops it after the last. */
const runTimer = async (
  deps: { store: Store; now: () => number; log: Log },
  kept: HeadsKept,
  between: (() => Promise<void> | void)[],
): Promise<void> => {
  const steps = between.values();
  let failure: unknown = null;
  const stopped: Promise<void>[] = [];
  const wait = async () => {
    const step = steps.next();
    if (step.done) return void stopped.push(timer.stop());
    try {
      await step.value();
    } catch (error) {
      failure ??= error;
    }
  };
  const timer = startExportTimer(deps, kept, { wait });
  await timer.ended;
  await Promise.all(stopped);
  expect(failure).toBeNull();
};

const seqsIn = async (kept: HeadsKept): Promise<(number | undefined)[]> =>
  (await readHeads(kept.path, kept)).map(({ head }) => head?.seq);

test('a console writes it down when it starts, whenever there are new rows, and when it stops', async () => {
  const store = await freshStore();
  await fillLog(store, 2);
  const kept = heads();
  const told: number[] = [];
  const failed: object[] = [];
  let at = START;
  const log: Log = {
    info: (what) => void ('seq' in what && told.push(Number(what.seq))),
    error: (what) => void failed.push(what),
  };
  await runTimer({ store, now: () => at, log }, kept, [
    () => fillLog(store, 1, 2),
    async () => {
      expect(await seqsIn(kept)).toEqual([2, 3]);
      at = Date.parse('2026-05-04T02:59:59Z');
    },
    async () => {
      expect(await seqsIn(kept)).toEqual([2, 3]);
      expect(told).toEqual([2]);
      at += SECOND;
    },
    async () => {
      // Every night the program's log tells it as well.
      expect(told).toEqual([2, 3]);
      at += HOUR;
    },
    // After the last look, before the stop.
    () => fillLog(store, 3, 3),
    () => fillLog(store, 1, 6),
  ]);
  expect(await seqsIn(kept)).toEqual([2, 3, 6, 7]);
  expect(told).toEqual([2, 3]);
  expect(failed).toEqual([]);
});

test('three rows cut after the last night are missed no more', async () => {
  const store = await freshStore();
  await fillLog(store, 4);
  const kept = heads();
  const log: Log = { info: () => undefined, error: () => undefined };
  await runTimer({ store, now: () => START, log }, kept, [() => fillLog(store, 3, 4), () => {}]);
  const intruder = await intrude(store.databaseUrl);
  await dropGuards(intruder);
  await intruder.run('delete from audit_event where seq > 4');
  await intruder.close();
  expect((await verifyAudit(store, kept)).firstBad).toEqual({
    seq: 5,
    why: 'the log ends before it, but reached row 7 on 2026-05-03T12:00:00.000Z',
  });
});

test('of days that are past the last head is kept', async () => {
  const store = await freshStore();
  const kept = heads();
  const days = ['01T10', '01T11', '01T12', '02T10', '02T11', '03T11', '03T12'];
  for (const [i, day] of days.entries()) {
    await fillLog(store, 1, i);
    await exportHead({ store, now: () => Date.parse(`2026-05-${day}:00:00Z`) }, kept);
  }
  await thinHeads(kept, Date.parse('2026-05-05T03:00:00Z'));
  expect(await seqsIn(kept)).toEqual([3, 5, 6, 7]);
  expect(statSync(kept.path).mode & 0o777).toBe(0o600);
  expect(await verifyAudit(store, kept)).toMatchObject({ ok: true, heads: 4 });
});

test('what fails is logged, and tried again at the next look', async () => {
  const store = await freshStore();
  await fillLog(store, 1);
  const kept = heads();
  mkdirSync(kept.path, { recursive: true });
  const told: string[] = [];
  const log: Log = {
    info: () => void told.push('written'),
    error: () => void told.push('failed'),
  };
  await runTimer({ store, now: () => START, log }, kept, [() => rmdirSync(kept.path), () => {}]);
  expect(told).toEqual(['failed', 'written']);
});

test.each([
  ['file:./data/redress.db', 'data/redress.db.audit-heads.ndjson'],
  ['file:/var/lib/a%20b/redress.db', '/var/lib/a b/redress.db.audit-heads.ndjson'],
  ['file:///var/lib/redress.db', '/var/lib/redress.db.audit-heads.ndjson'],
  ['postgres://localhost/redress', 'data/redress.audit-heads.ndjson'],
  ['postgres://me:pw@localhost:5433/a%2Fb?sslmode=require', 'data/a_b.audit-heads.ndjson'],
])('heads of %s are kept in %s', (url, path) => expect(headsPath(url)).toBe(path));
