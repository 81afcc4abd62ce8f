import { DAY, HOUR, MINUTE } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';
import { exportHead } from '#app/services/audit/export-head.ts';
import type { HeadsKept } from '#app/services/audit/export-head.ts';
import { keepLooking } from '#app/services/keep-looking.ts';
import type { Looking, Looks } from '#app/services/keep-looking.ts';
import type { Deps } from '#app/services/deps.ts';

interface ExportLog {
  info(what: object, message: string): void;
  error(what: object, message: string): void;
}

/** UTC hour from which a day's head may be written. */
const NIGHT = 3 * HOUR;

const nightOf = (instant: Instant): number => Math.floor((instant - NIGHT) / DAY);

/**
 * Writes down where the audit log ends, at the start and every night after 03:00 UTC, in a file outside
 * the database and in the program's log. What fails is logged and tried again a minute later.
 * @param wait between two looks; tests wait for what they please.
 */
export const startExportTimer = (
  deps: Pick<Deps, 'store' | 'now'> & { log: ExportLog },
  kept: HeadsKept,
  wait?: Looks['wait'],
): Looking => {
  let done: number | null = null;
  const look = async (): Promise<boolean> => {
    const night = nightOf(deps.now());
    if (done !== null && night <= done) return false;
    const head = await exportHead(deps, kept);
    done = night;
    if (head) deps.log.info({ ...head }, 'end of the audit log');
    return false;
  };
  const failure = 'the end of the audit log could not be written down';
  return keepLooking(look, { every: MINUTE, wait, log: deps.log, failure });
};
