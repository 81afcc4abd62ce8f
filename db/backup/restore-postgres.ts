import pg from 'pg';
import { connectionOptions, firstAnswer } from '#db/postgres.ts';

/** How many connections consoles and other programs of ours have to a PostgreSQL database. */
export const othersConnected = async (databaseUrl: string): Promise<number> => {
  const client = new pg.Client(connectionOptions(databaseUrl));
  await firstAnswer(client.connect());
  try {
    const { rows } = await client.query<{ others: number }>(
      `select count(*)::integer as others from pg_stat_activity
       where datname = current_database() and application_name = 'redress' and pid <> pg_backend_pid()`,
    );
    return rows[0]?.others ?? 0;
  } finally {
    await client.end();
  }
};
