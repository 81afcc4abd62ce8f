import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';

const MOST_OUTPUT = 64 * 1_024 * 1_024;

/**
 * What a process of its own answers to its orders: one figure, on its last line.
 * @param name of a file, without its ending.
 */
export const figureOfChild = (
  name: string,
  orders: { databaseUrl: string },
  folder = import.meta.dirname,
): Promise<Figure> =>
  new Promise((done, fail) => {
    const env = { ...process.env, DATABASE_URL: orders.databaseUrl };
    const script = join(folder, `${name}.ts`);
    const args = ['--import', 'tsx', script, JSON.stringify(orders)];
    const how = { env, cwd: folder, maxBuffer: MOST_OUTPUT };
    execFile(process.execPath, args, how, (error, out, errors) => {
      if (error) fail(new Error(errors, { cause: error }));
      // Written by the child.
      else done(JSON.parse(out.trim().split('\n').at(-1) ?? '') as Figure);
    });
  });
