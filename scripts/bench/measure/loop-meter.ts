import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What Node takes to load the meter into a server, which needs a channel for messages. */
export const METER_FLAGS = ['--import', join(import.meta.dirname, 'loop-hold.mjs')];

/** Milliseconds for which an event loop was held at most, without a turn for other work. */
export interface Held {
  /** Of the processor's time: what else runs on the machine is no part of it. */
  cpu: number;
  wall: number;
  /** The smaller of the two, turn by turn: without what other processes and other threads did. */
  held: number;
}

/** For how long `work` held the loop of a server that was started with METER_FLAGS. */
export const heldBy = async (server: ChildProcess, work: () => Promise<unknown>): Promise<Held> => {
  const ask = async (what: 'begin' | 'end'): Promise<Held> => {
    const answer = once(server, 'message');
    server.send(what);
    // Sent by loop-hold.mjs.
    const [said] = (await answer) as [Held];
    return said;
  };
  await ask('begin');
  await work();
  return ask('end');
};
