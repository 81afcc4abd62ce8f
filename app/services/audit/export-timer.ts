import { HOUR, MINUTE } from '#app/lib/instant.ts';
import type { HeadsKept } from '#app/services/audit/audit-heads.ts';
import { exportHead } from '#app/services/audit/export-head.ts';
import type { Exported } from '#app/services/audit/export-head.ts';
import { thinHeads } from '#app/services/audit/thin-heads.ts';
import { startPollLoop } from '#app/lib/poll-loop.ts';
import type { Poller, PollOptions } from '#app/lib/poll-loop.ts';
import type { Deps } from '#app/services/deps.ts';
import { auditEnd } from '#db/queries/audit/audit-events.ts';
import { nightOf } from '#app/lib/night.ts';

interface ExportLog {
  info(what: object, message: string): void;
  error(what: object, message: string): void;
}

/** UTC hour from which a night's work on the file is done. */
const NIGHT = 3 * HOUR;
const FAILURE = 'the end of the audit log could not be written down';

/** What is done where the log does not lead through what was written down: it was restored, or tampered with. */
export type OnBehind = (found: Extract<Exported, { kind: 'behind' }>) => Promise<void>;

/**
 * Writes down where the audit log ends, in a file outside the database: at the start, every minute in
 * which rows were added, and at the stop. Once a night also in the program's log. What fails is logged and
 * tried again a minute later.
 * @param wait between two looks; tests wait for what they please.
 */
export const startExportTimer = (
  deps: Pick<Deps, 'store' | 'now'> & { log: ExportLog },
  kept: HeadsKept,
  { wait, onBehind }: { wait?: PollOptions['wait']; onBehind?: OnBehind } = {},
): Poller => {
  let notified: number | null = null;
  const look = async (): Promise<boolean> => {
    const exported = await exportHead(deps, kept);
    if (exported.kind === 'behind') await onBehind?.(exported);
    const night = nightOf(deps.now(), NIGHT);
    if (exported.kind === 'behind' || (notified !== null && night <= notified)) return false;
    if (notified !== null) await thinHeads(kept, deps.now());
    notified = night;
    const end = await auditEnd(deps.store.read);
    if (end.seq > 0) deps.log.info({ ...end }, 'end of the audit log');
    return false;
  };
  const poller = startPollLoop(look, { every: MINUTE, wait, log: deps.log, failure: FAILURE });
  const stop = async (): Promise<void> => {
    await poller.stop();
    try {
      await exportHead(deps, kept);
    } catch (error) {
      deps.log.error({ err: error }, FAILURE);
    }
  };
  return { ended: poller.ended, stop };
};
