import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { EMPTY_CHAIN, follows } from '#app/domain/audit/chain.ts';
import type { ChainEnd } from '#app/domain/audit/chain.ts';
import { hashOf } from '#db/audit-hash.ts';
import { dialect } from '#db/dialect/dialect.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { openStore } from '#db/store.ts';
import { intrude } from '#tests/support/audit-tools.ts';

const emptyDatabase = async (): Promise<string> => {
  if (dialect === 'sqlite') return `file:${join(inject('sqliteFolder'), `${randomUUID()}.db`)}`;
  const server = inject('postgresUrl');
  const name = `o_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return `${server}/${name}`;
};

/** The migrations as they were before the audit log was a chain. */
const formerMigrations = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(`db/migrations/${dialect}`, folder, { recursive: true });
  const file = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: { tag: string }[] };
  const entries = journal.entries.filter(({ tag }) => tag < '0004');
  writeFileSync(file, JSON.stringify({ ...journal, entries }));
  return folder;
};

const AT = Date.parse('2026-05-03T09:00:00.120Z');
const asStored = (at: number): string | number =>
  dialect === 'sqlite' ? at : new Date(at).toISOString();

test('rows of a database that is older than the chain become its beginning', async () => {
  const url = await emptyDatabase();
  await migrate(url, { folder: formerMigrations() });
  const intruder = await intrude(url);
  for (const [id, at] of [
    ['aud_c', AT + 2],
    ['aud_b', AT + 1],
    ['aud_a', AT + 1],
  ] as const) {
    await intruder.run(
      'insert into audit_event (id, at, kind, customer_id, detail) values (?, ?, ?, ?, ?)',
      ...[id, asStored(at), 'flag.dismissed', 'cus_\ufdd00000', '{"reason":"\ufdd0d800","a":1}'],
    );
  }
  await intruder.close();
  expect((await migrate(url)).slice(0, 2)).toEqual(['0004_audit_chain', '0005_audit_guard']);
  const store = await openStore(url);
  onTestFinished(() => store.close());
  await store.write((tx) => appendAudit(tx, { id: 'aud_d', at: AT, kind: 'test.new' }));
  const rows = await store.read.select().from(auditEvent).orderBy(auditEvent.seq);
  expect(rows.map(({ id, at }) => [id, at - AT])).toEqual([
    ['aud_a', 1],
    ['aud_b', 1],
    ['aud_c', 2],
    ['aud_d', 0],
  ]);
  expect(rows[0]).toMatchObject({ customerId: 'cus_\0', detail: { reason: '\ud800', a: 1 } });
  let end: ChainEnd = EMPTY_CHAIN;
  for (const row of rows) {
    expect(follows(end, row, hashOf(end.hash, row))).toBeNull();
    end = row;
  }
});
