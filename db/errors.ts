/** Drizzle wraps what a driver throws: the driver's own error is somewhere down the causes. */
const causes = (error: unknown): { code?: unknown; constraint?: unknown; message: string }[] => {
  const found: { code?: unknown; constraint?: unknown; message: string }[] = [];
  for (let at = error; at instanceof Error; at = at.cause) found.push(at);
  return found;
};

/** Whether PostgreSQL answered with one of these SQLSTATE codes. */
export const isSqlState = (error: unknown, states: readonly string[]): boolean =>
  causes(error).some(({ code }) => typeof code === 'string' && states.includes(code));

/**
 * Whether a write failed because of a unique index. `name` is the index's name in the schema
 * (`flag_identity`), or the table's (`flag`) for its primary key.
 */
export const isUniqueViolation = (error: unknown, name: string): boolean =>
  causes(error).some(({ code, constraint, message }) => {
    if (code === '23505') return constraint === name || constraint === `${name}_pkey`;
    if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY') return message.includes(` ${name}.`);
    return code === 'SQLITE_CONSTRAINT_UNIQUE' && namesIndex(message, name);
  });

/**
 * SQLite names an index only where it has an expression or a condition, else the columns. The schema
 * names a unique index after its table, so the table tells which index it was where a table has one.
 */
const namesIndex = (message: string, name: string): boolean => {
  if (message.includes(`index '${name}'`)) return true;
  const table = /failed: ([^.]+)\./.exec(message)?.[1];
  return table !== undefined && (name === table || name.startsWith(`${table}_`));
};
