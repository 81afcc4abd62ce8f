import { MEASURED_EVERY, judgeClockSkew } from '#app/domain/time/clock-skew.ts';
import type { ClockVerdict } from '#app/domain/time/clock-skew.ts';
import type { ConsoleClock } from '#app/services/deployment/console-clock.ts';
import { startPollLoop } from '#app/lib/poll-loop.ts';
import type { Poller } from '#app/lib/poll-loop.ts';
import {
  consoleClocks,
  removeConsoleClock,
  saveConsoleClock,
} from '#db/queries/deployment/console-clocks.ts';
import type { Store } from '#db/store-types.ts';
export interface ClockDeps {
  store: Store;
  clock: ConsoleClock;
  /** The console's name in leases. */
  id: string;
  log: {
    info(what: object, message: string): void;
    warn(what: object, message: string): void;
    error(what: object, message: string): void;
  };
}

/** Measures this console's clock, writes that down and compares with what the other consoles have measured. */
export const compareClocks = async ({ store, clock, id, log }: ClockDeps): Promise<void> => {
  const measured = await clock.measure();
  if (measured === null) return;
  const own = { id, measuredAt: measured.at, ahead: measured.ahead };
  await store.write((tx) => saveConsoleClock(tx, own));
  const before = clock.verdict;
  clock.verdict = judgeClockSkew(own, await consoleClocks(store.read), measured.at);
  logSkewChange(log, before, clock.verdict, own.ahead);
};

const logSkewChange = (
  log: ClockDeps['log'],
  before: ClockVerdict,
  { kind, ...said }: ClockVerdict,
  ahead: number,
): void => {
  if (kind !== 'agrees') log.warn({ ahead, ...said }, 'the clocks of the machines are apart');
  else if (before.kind !== 'agrees') log.info({ ahead }, 'the clocks of the machines agree again');
};

/** While the server runs. The first comparison has been made before anything is sent. */
export const startClockWatch = (deps: ClockDeps): Pick<Poller, 'stop'> => {
  const poller = startPollLoop(async () => (await compareClocks(deps), false), {
    every: MEASURED_EVERY,
    log: deps.log,
    failure: 'the clocks could not be compared',
  });
  return {
    stop: async () => {
      await poller.stop();
      if (deps.store.dialect === 'sqlite') return;
      await deps.store.write((tx) => removeConsoleClock(tx, deps.id));
    },
  };
};
