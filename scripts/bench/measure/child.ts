import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ChildRun {
  /** Wall clock, from the start of the process to its end. */
  ms: number;
  /** The most memory that the process itself held resident. */
  peakMiB: number;
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

interface ChildOptions {
  env?: Record<string, string>;
  /** Exit codes that are no failure; 0 alone where left out. */
  exitCodes?: number[];
}

/** Runs one of the project's TypeScript commands in a process of its own; throws where it fails. */
export async function runScript(
  script: string,
  args: string[],
  { env = {}, exitCodes = [0] }: ChildOptions = {},
): Promise<ChildRun> {
  const started = performance.now();
  const child = startNode(['--import', 'tsx', script, ...args], env);
  const watch = watchPeak(child);
  const [stdout, stderr, exitCode] = await Promise.all([
    readAll(child.stdout),
    readAll(child.stderr),
    new Promise<number | null>((done) => child.once('exit', done)),
  ]);
  const run = { ms: performance.now() - started, peakMiB: watch(), exitCode, stdout, stderr };
  if (exitCodes.includes(exitCode ?? -1)) return run;
  throw new Error(`${script} ${args.join(' ')} ended with ${exitCode}:\n${stderr.slice(-2000)}`);
}

/** A Node process with this environment beside our own. */
export const startNode = (args: string[], env: Record<string, string>): ChildProcess =>
  spawn(process.execPath, args, {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });

/** Reads the kernel's own high-water mark until the returned function is called for it. */
function watchPeak(child: ChildProcess): () => number {
  let peakMiB = 0;
  const timer = setInterval(() => {
    peakMiB = Math.max(peakMiB, memoryOf(child.pid, 'VmHWM'));
  }, 20);
  child.once('exit', () => clearInterval(timer));
  return () => {
    clearInterval(timer);
    return peakMiB;
  };
}

/** A line of /proc's status of a process, in MiB; 0 where the process is gone. */
export function memoryOf(pid: number | undefined, line: 'VmHWM' | 'VmRSS'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`${line}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

async function readAll(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  if (stream === null) return text;
  for await (const chunk of stream) text += String(chunk);
  return text;
}
