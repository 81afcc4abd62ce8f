import { instant, json, table, text, uniqueIndex } from '#db/dialect/columns.ts';

export const policyVersion = table(
  'policy_version',
  {
    id: text('id').primaryKey(),
    appliesFrom: instant('applies_from').notNull(),
    policy: json<unknown>('policy').notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by'),
  },
  (t) => [uniqueIndex('policy_version_from').on(t.appliesFrom, t.id)],
);
