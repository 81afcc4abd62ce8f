import { spawnSync } from 'node:child_process';

interface Listed {
  pid: number;
  parent: number;
  command: string;
}

/** The processes that run; those that have ended and are not yet fetched by their parent do not. */
const runningOnes = (): Listed[] =>
  spawnSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    .stdout.split('\n')
    .flatMap((line) => {
      const [, pid, parent, state = 'Z', command = ''] =
        /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
      return state.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
    });

/** A process and all that it and they have started. */
export const familyOf = (pid: number): Listed[] => {
  const all = runningOnes();
  const found = all.filter((each) => each.pid === pid);
  for (const { pid: parent } of found) found.push(...all.filter((each) => each.parent === parent));
  return found;
};

/** Those of them that still run. */
export const stillRunning = (family: readonly Listed[]): Listed[] => {
  const now = new Map(runningOnes().map((each) => [each.pid, each.command]));
  return family.filter(({ pid, command }) => now.get(pid) === command);
};
