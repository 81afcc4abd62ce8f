import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import { toIso } from '#app/lib/instant.ts';
import { SANDBOX_SECRET } from '#scripts/sandbox/product-api/start-product-api.ts';
import { freePort } from '#scripts/bench/measure/console-server.ts';
import { insertDeployment } from '#db/queries/deployment/deployment.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

const root = resolve(import.meta.dirname, '../../..');

export interface BuiltConsole {
  address: string;
  stop: () => Promise<void>;
}

/** The console as it is served, in a process of its own, on the database and beside the Stripe of a world. */
export const startBuiltConsole = async (world: MoneyWorld): Promise<BuiltConsole> => {
  // What is invented here is the demo's, whose staff decide it.
  await world.store.write(async (tx) => {
    await insertDeployment(tx, { live: false, demo: true, since: world.now() });
  });
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, ['build/server/index.js'], {
    cwd: root,
    env: {
      ...process.env,
      ...{ NODE_ENV: 'production', DATABASE_URL: world.databaseUrl, PORT: String(port) },
      ...{ BASE_URL: address, LOG_LEVEL: 'info', REDRESS_NOW: toIso(world.now()) },
      ...{ STRIPE_API_BASE: world.sandbox.url, PRODUCT_API_URL: world.productUrl },
      PRODUCT_API_SECRET: SANDBOX_SECRET,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((done) => void server.once('exit', () => done()));
  await new Promise<void>((done, fail) => {
    const said: string[] = [];
    createInterface({ input: server.stdout }).on('line', (line) => {
      said.push(line);
      if (line.includes('"listening"')) done();
    });
    server.once('exit', () => fail(new Error(`the console ended: ${said.join('\n')}`)));
  });
  return {
    address,
    stop: async () => {
      server.kill();
      await gone;
    },
  };
};
