import type { Subquery } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type {
  CreatePgSelectFromBuilderMode,
  PgSelectWithout,
  PgTable,
  SelectedFields,
} from 'drizzle-orm/pg-core';
import type {
  GetSelectTableName,
  GetSelectTableSelection,
} from 'drizzle-orm/query-builders/select.types';

type Database = NodePgDatabase<Record<string, never>>;

/** Spelled or behaving differently on the two databases, so out of reach. */
type Unportable = 'for' | 'prepare' | '$dynamic' | 'fullJoin' | '$withCache';

type Source = PgTable | Subquery;

interface SelectFrom<F extends SelectedFields | undefined> {
  from<T extends Source>(
    source: T,
  ): PgSelectWithout<
    CreatePgSelectFromBuilderMode<
      'db',
      GetSelectTableName<T>,
      F extends undefined ? GetSelectTableSelection<T> : F,
      F extends undefined ? 'single' : 'partial'
    >,
    false,
    Unportable
  >;
}

/** What may be asked of either database. */
export interface Read {
  select(): SelectFrom<undefined>;
  select<F extends SelectedFields>(fields: F): SelectFrom<F>;
  selectDistinct(): SelectFrom<undefined>;
  selectDistinct<F extends SelectedFields>(fields: F): SelectFrom<F>;
}

/** What the body of a write may do. Statements end with `.returning()` where their effect matters. */
export interface Tx extends Read, Pick<Database, 'insert' | 'update' | 'delete'> {}
