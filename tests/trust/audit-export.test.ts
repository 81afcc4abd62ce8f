import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { HOUR, SECOND } from '#app/domain/instant.ts';
import { headsPath, readHeads } from '#app/services/audit/audit-heads.ts';
import { exportHead } from '#app/services/audit/export-head.ts';
import { startExportTimer } from '#app/services/audit/export-timer.ts';
import { auditEnd } from '#db/queries/audit-events.ts';
import type { Store } from '#db/store.ts';
import type { HeadsKept } from '#app/services/audit/export-head.ts';
import { fillLog } from '#tests/support/audit-tools.ts';
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
  expect(await exportHead(deps, kept)).toBeNull();
  await fillLog(store, 2);
  expect(await exportHead(deps, kept)).toEqual({
    ...{ at: '2026-05-03T12:00:00.000Z' },
    ...(await auditEnd(store.read)),
  });
  expect(await exportHead(deps, kept)).toBeNull();
  expect(statSync(kept.path).mode & 0o777).toBe(0o600);
  expect(readFileSync(kept.path, 'utf8').split('\n')).toHaveLength(2);
  expect(readFileSync(kept.path, 'utf8')).not.toContain(kept.secret);
});

test.each([
  ['the number', '"seq":2', '"seq":3'],
  ['the time', '2026-05-03', '2026-05-04'],
  ['the form', '{', ''],
])('a line in which %s was changed is no head', async (_name, from, to) => {
  const store = await freshStore();
  const kept = heads();
  await fillLog(store, 2);
  await exportHead({ store, now: () => START }, kept);
  writeFileSync(kept.path, readFileSync(kept.path, 'utf8').replace(from, to));
  expect(await readHeads(kept.path, kept.secret)).toEqual([{ line: 1, head: null }]);
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
  const timer = startExportTimer(deps, kept, async () => {
    const step = steps.next();
    if (step.done) return void timer.stop();
    try {
      await step.value();
    } catch (error) {
      failure ??= error;
    }
  });
  await timer.ended;
  expect(failure).toBeNull();
};

test('a console writes it down when it starts and after every night, and not in between', async () => {
  const store = await freshStore();
  await fillLog(store, 2);
  const written: number[] = [];
  const failed: object[] = [];
  let at = START;
  const log: Log = {
    info: (what) => void ('seq' in what && written.push(Number(what.seq))),
    error: (what) => void failed.push(what),
  };
  await runTimer({ store, now: () => at, log }, heads(), [
    () => fillLog(store, 1, 2),
    () => {
      at = Date.parse('2026-05-04T02:59:59Z');
    },
    () => {
      expect(written).toEqual([2]);
      at += SECOND;
    },
    async () => {
      expect(written).toEqual([2, 3]);
      at += 12 * HOUR;
      await fillLog(store, 1, 3);
    },
    () => {
      expect(written).toEqual([2, 3]);
      at += 12 * HOUR;
    },
  ]);
  expect(written).toEqual([2, 3, 4]);
  expect(failed).toEqual([]);
});

test('what fails is logged, and tried again at the next look', async () => {
  const store = await freshStore();
  await fillLog(store, 1);
  const kept = heads();
  mkdirSync(kept.path, { recursive: true });
  const told: string[] = [];
  const log: Log = { info: () => void told.push('written'), error: () => void told.push('failed') };
  await runTimer({ store, now: () => START, log }, kept, [() => rmdirSync(kept.path), () => {}]);
  expect(told).toEqual(['failed', 'written']);
});

test.each([
  ['file:./data/redress.db', 'data/audit-heads.ndjson'],
  ['file:/var/lib/a%20b/redress.db', '/var/lib/a b/audit-heads.ndjson'],
  ['file:///var/lib/redress.db', '/var/lib/audit-heads.ndjson'],
  ['postgres://localhost/redress', 'data/audit-heads.ndjson'],
])('heads of %s are kept in %s', (url, path) => expect(headsPath(url)).toBe(path));
