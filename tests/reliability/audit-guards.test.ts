import { describe, expect, onTestFinished, test } from 'vitest';
import { dialect } from '#db/dialect/dialect.ts';
import { openStore } from '#db/store.ts';
import { dropGuard, fillLog, GUARDS, intrude } from '#tests/support/audit-tools.ts';
import type { Intruder } from '#tests/support/audit-tools.ts';
import { freshStore } from '#tests/support/fresh-store.ts';

const COLUMNS = 'seq, id, at, kind, prev_hash, hash';

/** A log of three rows and somebody past the program. */
const opened = async (): Promise<{ intruder: Intruder; databaseUrl: string }> => {
  const store = await freshStore();
  await fillLog(store, 3);
  const intruder = await intrude(store.databaseUrl);
  onTestFinished(() => intruder.close());
  return { intruder, databaseUrl: store.databaseUrl };
};

const REPLACE =
  dialect === 'sqlite'
    ? `insert or replace into audit_event (${COLUMNS}) select ${COLUMNS} from audit_event where seq = 2`
    : // PostgreSQL's nearest: a row for another under the same number.
      `with gone as (delete from audit_event where seq = 2 returning *)
       insert into audit_event (${COLUMNS}) select ${COLUMNS} from gone`;

test.each<[string, string]>([
  ['update', `update audit_event set kind = 'x' where seq = 2`],
  ['update of nothing but a null', `update audit_event set ticket = 'ZD-9' where seq = 2`],
  ['delete', `delete from audit_event where seq = 3`],
  ['insert or replace', REPLACE],
  [
    'upsert',
    `insert into audit_event (${COLUMNS}) select ${COLUMNS} from audit_event where seq = 2
     on conflict (seq) do update set kind = 'x'`,
  ],
  [
    'a row that leaves a gap',
    `insert into audit_event (${COLUMNS}) select 9, id, at, kind, hash, hash from audit_event where seq = 3`,
  ],
  [
    'a row that does not follow',
    `insert into audit_event (${COLUMNS}) select 4, id, at, kind, prev_hash, hash from audit_event where seq = 3`,
  ],
  ...(dialect === 'postgres'
    ? [['truncate', 'truncate audit_event'] satisfies [string, string]]
    : []),
])('the database refuses %s', async (_name, sql) => {
  const { intruder } = await opened();
  const before = await intruder.rows('select * from audit_event order by seq');
  await expect(intruder.run(sql)).rejects.toThrow(/audit log (is never changed|must follow)/);
  expect(await intruder.rows('select * from audit_event order by seq')).toEqual(before);
});

if (dialect === 'sqlite')
  test('insert or replace is refused also where recursive triggers are off', async () => {
    const { intruder } = await opened();
    await intruder.rows('pragma recursive_triggers').then((rows) => expect(rows).toHaveLength(1));
    const { default: Sqlite } = await import('better-sqlite3');
    const [{ file } = { file: '' }] = await intruder.rows('pragma database_list');
    const plain = new Sqlite(String(file));
    onTestFinished(() => void plain.close());
    plain.pragma('recursive_triggers = OFF');
    expect(() => plain.exec(REPLACE)).toThrow('must follow');
  });

describe('opening the database', () => {
  test.each([...GUARDS])('notices that %s is gone', async (name) => {
    const { intruder, databaseUrl } = await opened();
    await (await openStore(databaseUrl)).close();
    await dropGuard(intruder, name);
    await expect(openStore(databaseUrl)).rejects.toThrow(
      `The audit log is not protected: ${name} is missing or was changed`,
    );
  });

  test('notices a trigger of the same name that does nothing', async () => {
    const { intruder, databaseUrl } = await opened();
    if (dialect === 'sqlite') {
      await dropGuard(intruder, 'audit_event_no_update');
      await intruder.run(
        `create trigger audit_event_no_update before update on audit_event begin select 1; end`,
      );
    } else {
      await intruder.run(
        `create or replace function audit_event_refuse() returns trigger language plpgsql
         as 'begin return null; end'`,
      );
    }
    await expect(openStore(databaseUrl)).rejects.toThrow('The audit log is not protected');
  });

  if (dialect === 'postgres')
    test('notices a trigger that is switched off', async () => {
      const { intruder, databaseUrl } = await opened();
      await intruder.run('alter table audit_event disable trigger audit_event_no_change');
      await expect(openStore(databaseUrl)).rejects.toThrow('audit_event_no_change');
    });
});
