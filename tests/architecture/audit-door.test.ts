import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);

const sources = (folder: string): string[] =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`);

/** Where code writes into the audit log, or names its table in SQL of its own. */
const doors = (text: string): boolean =>
  /\b(insert|update|delete)\(\s*auditEvent\s*\)/.test(text) ||
  /\b(insert\s+(or\s+\w+\s+)?into|update|delete\s+from|replace\s+into)\s+["`]?audit_event\b/i.test(
    text,
  );

it('there is one way into the audit log, one out of it, and the migration that made the chain', () => {
  const found = ['app', 'db', 'scripts']
    .flatMap(sources)
    .filter((path) => doors(readFileSync(new URL(path, ROOT), 'utf8')));
  expect(found.toSorted()).toEqual([
    'db/migrate/backfill-audit-chain.ts',
    'db/queries/audit/audit-events.ts',
    'db/queries/audit/audit-retention.ts',
  ]);
});

it.each([
  'await tx.insert(auditEvent).values(row)',
  'tx.update(auditEvent)',
  'tx.delete( auditEvent )',
  'insert or replace into audit_event',
  'DELETE FROM "audit_event"',
])('would notice %s', (text) => expect(doors(text)).toBe(true));

it.each([
  'read.select().from(auditEvent)',
  'select * from audit_event',
  'the audit log is updated',
])('lets %s pass', (text) => expect(doors(text)).toBe(false));
