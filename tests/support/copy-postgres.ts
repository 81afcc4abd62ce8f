import pg from 'pg';

const query = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};

/** Copies a PostgreSQL database that nobody is connected to. */
export const copyPostgres = async (from: string, name: string): Promise<string> => {
  const source = new URL(from);
  const other = (database: string) => Object.assign(new URL(from), { pathname: `/${database}` });
  await query(
    other('postgres').href,
    `create database ${name} template ${source.pathname.slice(1)} strategy file_copy`,
  );
  return other(name).href;
};
