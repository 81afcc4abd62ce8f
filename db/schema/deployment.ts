import { flag, instant, table, text } from '#db/columns.ts';

/** Whose money this database is about: one row, written by the first start and never changed. */
export const deployment = table('deployment', {
  /** `this`, always. */
  id: text('id').primaryKey(),
  /** Whether payments are real. The demo and test keys are not. */
  live: flag('live').notNull(),
  since: instant('since').notNull(),
});
