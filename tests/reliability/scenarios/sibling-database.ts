import pg from 'pg';
import { dialectOf } from '#db/dialect/dialect.ts';

/** The URL of a new, empty database beside another: to be migrated by whoever uses it. */
export const siblingDatabase = async (databaseUrl: string, name: string): Promise<string> => {
  if (dialectOf(databaseUrl) === 'sqlite') return databaseUrl.replace(/(\.db)?$/, `-${name}.db`);
  const url = new URL(databaseUrl);
  const sibling = `${url.pathname.slice(1)}_${name}`;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`create database "${sibling}" template template0`);
  await client.end();
  url.pathname = `/${sibling}`;
  return url.href;
};
