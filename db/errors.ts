import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { is, Column, Table } from 'drizzle-orm';
import * as account from '#db/schema/account.ts';
import * as audit from '#db/schema/audit.ts';
import * as book from '#db/schema/book.ts';
import * as deployment from '#db/schema/deployment.ts';
import * as drift from '#db/schema/reconciliation.ts';
import * as duties from '#db/schema/delegation.ts';
import * as flag from '#db/schema/flag.ts';
import * as imports from '#db/schema/imports.ts';
import * as policy from '#db/schema/policy.ts';
import * as requests from '#db/schema/requests.ts';
import * as staff from '#db/schema/staff.ts';

/** Drizzle wraps what a driver throws: the driver's own error is somewhere down the causes. */
export const causes = (
  error: unknown,
): { code?: unknown; constraint?: unknown; message: string }[] => {
  const found: { code?: unknown; constraint?: unknown; message: string }[] = [];
  for (let at = error; at instanceof Error; at = at.cause) found.push(at);
  return found;
};

/** Whether PostgreSQL answered with one of these SQLSTATE codes. */
export const isSqlState = (error: unknown, states: readonly string[]): boolean =>
  causes(error).some(({ code }) => typeof code === 'string' && states.includes(code));

const LOST = ['40001', '40P01'];

/** Whether a write lost against another one, as often as it was tried: nothing is wrong, it may come again. */
export const hasLostRace = (error: unknown): boolean => isSqlState(error, LOST);

const SCHEMA = [
  account,
  audit,
  book,
  deployment,
  drift,
  duties,
  flag,
  imports,
  policy,
  requests,
  staff,
];

/** SQLite tells a unique index by its columns (`flag.rule, flag.subject`), the schema by its name. */
const uniqueColumns = (): Map<string, string> => {
  const found = new Map<string, string>();
  for (const table of SCHEMA.flatMap((part) => Object.values<unknown>(part))) {
    if (!is(table, Table)) continue;
    // Called on SQLite only, where the tables are SQLite's, typed as PostgreSQL's (see columns.ts).
    const { name, indexes } = getTableConfig(table as never);
    for (const { config } of indexes.filter((index) => index.config.unique)) {
      const columns = config.columns.map((column) => (is(column, Column) ? column.name : '?'));
      found.set(config.name, columns.map((column) => `${name}.${column}`).join(', '));
    }
  }
  return found;
};
let columnsOf: Map<string, string> | undefined;

/**
 * Whether a write failed because of a unique index. `name` is the index's name in the schema
 * (`flag_identity`), or the table's (`flag`) for its primary key.
 */
export const isUniqueViolation = (error: unknown, name: string): boolean =>
  causes(error).some(({ code, constraint, message }) => {
    if (code === '23505') return constraint === name || constraint === `${name}_pkey`;
    if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY') return message.includes(`failed: ${name}.`);
    if (code !== 'SQLITE_CONSTRAINT_UNIQUE') return false;
    const columns = (columnsOf ??= uniqueColumns()).get(name);
    // An index with a condition or an expression is told by its name.
    return message.endsWith(`failed: ${columns}`) || message.endsWith(`index '${name}'`);
  });
