import { once } from 'node:events';
import type { Bench } from '#scripts/bench/bench.ts';
import { startNode } from '#scripts/bench/measure/child.ts';

/** The hand-written page's server on the same database; its address. */
export async function startFloor(bench: Bench, databasePath: string): Promise<string> {
  const child = startNode(
    ['--import', 'tsx', 'scripts/bench/floors/floor-server.ts', databasePath],
    {},
  );
  bench.onEnd(() => void child.kill());
  if (child.stdout === null) throw new Error('the floor has no output');
  // Its first words are its port.
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return `http://127.0.0.1:${said.toString('utf8').trim()}`;
}
