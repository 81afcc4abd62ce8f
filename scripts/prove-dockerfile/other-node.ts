import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * Runs this same program by another version of Node, taken from the registry into a folder of its own together
 * with the headers that the database driver is compiled against. Answers how it ended.
 */
export const runByNode = (version: string, program: string): number => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-node-'));
  const named = `node-${process.platform}-${process.arch}`;
  const node = join(folder, 'node_modules', named);
  try {
    const wanted = ['--prefix', folder, '--no-save', '--ignore-scripts', `${named}@${version}`];
    spawnSync('npm', ['install', ...wanted], { stdio: ['ignore', 'ignore', 'inherit'] });
    if (!existsSync(join(node, 'include'))) {
      process.stderr.write(`There is no Node ${version} for this machine in the registry.\n`);
      return 1;
    }
    const env = {
      ...process.env,
      PATH: `${join(node, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      npm_config_nodedir: node,
    };
    const child = ['--import', 'tsx', program];
    return spawnSync(join(node, 'bin/node'), child, { env, stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
