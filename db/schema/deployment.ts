import { flag, instant, table, text } from '#db/dialect/columns.ts';

/** What this database is: one row, written by the first start and never changed. */
export const deployment = table('deployment', {
  /** `this`, always. */
  id: text('id').primaryKey(),
  /** Whether payments are real. The demo and test keys are not. */
  live: flag('live').notNull(),
  /** Whether the demo made it, for itself. Null: bound before that was noted. */
  demo: flag('demo'),
  since: instant('since').notNull(),
});

/** Which database this is, wherever its file lies: one row that its making has written. Copies keep it. */
export const databaseIdentity = table('database_identity', {
  /** `this`, always. */
  id: text('id').primaryKey(),
  /** 32 random hexadecimal digits. */
  name: text('name').notNull(),
});
