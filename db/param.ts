import { sql } from 'drizzle-orm';
import type { Column, Param } from 'drizzle-orm';

/** A value that comes later, written the way its column stores it. */
export const param = (name: string, column: Column): Param =>
  sql.param(sql.placeholder(name), column);
