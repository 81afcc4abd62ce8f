/*
 * The programs that a start runs, one after another or side by side: what this process is told by a signal
 * they are told too, and nothing stays behind. Plain JavaScript without dependencies, like all that runs
 * before anything is installed.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

/** Milliseconds in which a program has to end once it was told; then it is ended. */
const PATIENCE = 10_000;
/** Ctrl-C reaches every program of the terminal, and each passes it on: these are one and the same. */
const SAME_SIGNAL = 1_000;

const running = new Set();
/** The signal that this process was told to end by, and when; null: none. */
let told = null;

const tellAll = (signal) => {
  for (const child of running) child.kill(signal);
};

/** Ends this process as a shell tells of it: 128 and the signal's number. */
const leave = (signal) => process.exit(128 + constants.signals[signal]);

const onSignal = (signal) => {
  if (told !== null && performance.now() - told.at < SAME_SIGNAL) return;
  // Told a second time: somebody does not want to wait.
  if (told !== null) tellAll('SIGKILL');
  else {
    // A terminal that is gone is no reason to reload anything, which servers take it for.
    tellAll(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    setTimeout(() => tellAll('SIGKILL'), PATIENCE).unref();
  }
  told ??= { signal, at: performance.now() };
  if (running.size === 0) leave(told.signal);
};

/** From now on signals are passed on, and this process ends after the programs it has started. */
export function passSignalsOn() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
  endWithNpm();
}

/** The parent of a process, where the system tells (Linux); else null. */
function parentOf(pid) {
  try {
    // The name of the program, in brackets, may hold anything: what follows the last bracket is read.
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    // Another system, or it has ended.
    return null;
  }
}

/**
 * npm passes on what it is told, unless it is killed: then this process has another parent, or the shell
 * in between has. Only asked where npm has started it; anybody else may leave it running.
 */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const above = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const begun = above();
  setInterval(() => {
    if (above() !== begun) onSignal('SIGTERM');
  }, 1_000).unref();
}

/** Ends as if it were told to when its input ends, which it does however the one that started it ends. */
export function endWithInput() {
  process.stdin.once('close', () => onSignal('SIGTERM')).resume();
  // It alone keeps nobody alive.
  process.stdin.unref?.();
}

/** Starts a program that is told what this one is told. */
export function startChild(command, args, options) {
  const child = spawn(command, args, options);
  running.add(child);
  const gone = () => running.delete(child);
  child.once('exit', gone).once('error', gone);
  return child;
}

/**
 * Runs a command with its output shown; answers its exit code. An input of `pipe` ends when this process does.
 * `report` is given what it writes to the file descriptor 3.
 */
export function runChild(command, args, { input = 'ignore', report, ...options }) {
  const stdio = [input, 'inherit', 'inherit', ...(report ? ['pipe'] : [])];
  const child = startChild(command, args, { ...options, stdio });
  if (report) child.stdio[3].setEncoding('utf8').on('data', report);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      resolve(1);
    });
    // After all that it has written.
    child.once('close', (code) => {
      // What was to come next does not come any more.
      if (told !== null && running.size === 0) leave(told.signal);
      resolve(code ?? 1);
    });
  });
}
