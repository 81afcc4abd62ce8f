import { assign, dismiss, isRefusal, refuse, snooze } from '#app/domain/flags/decisions.ts';
import type { FlagAsk, FlagDecision, FlagRefusal } from '#app/domain/flags/decisions.ts';
import type { Flag, FlagEventKind } from '#app/domain/flags/flag.ts';
import { canonicalJson } from '#app/domain/requests/canonical-content.ts';
import type { Facts } from '#app/domain/book/record-ref.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { findFlag, historyOfFlag, insertFlagEvents, updateFlag } from '#db/queries/flags/flags.ts';
import type { Tx } from '#db/store.ts';
import { findStaff } from '#db/queries/access/staff.ts';
import { toIso } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
/** Whoever decides on a flag; `requestId` where a request is behind it. */
export type FlagDecider = StaffDeps & { requestId?: string };

/** Which flag, and in which version the person saw it. */
export interface ShownFlag {
  flagId: string;
  version: number;
}
export type FlagResult =
  /** `repeated`: this person has decided so before on what they saw; nothing was done now. */
  { ok: true; flag: Flag; repeated?: true } | { ok: false; refusal: FlagRefusal };

/**
 * Takes a person's decision on a flag: the flag, its history and the audit log in one write, or a
 * refusal and nothing written.
 * @param decide pure. @param said what the person says: `detail` goes into history and audit log.
 */
const decideFlag = async (
  app: FlagDecider,
  { flagId, version }: ShownFlag,
  decide: (flag: Flag, ask: FlagAsk, tx: Tx) => Promise<FlagDecision | FlagRefusal>,
  said: { event: FlagEventKind; reason: string | null; detail: Facts },
): Promise<FlagResult> =>
  app.store.write(async (tx) => {
    const now = app.now();
    const before = await findFlag(tx, flagId);
    if (!before) return refused(refuse('not_found', 'Flag not found.'));
    if (before.version !== version && (await hasReason(tx, app, flagId, said))) {
      return { ok: true, flag: before, repeated: true };
    }
    const { detail } = said;
    const decision = await decide(before, { role: app.actor.role, version, now }, tx);
    if (isRefusal(decision)) return refused(decision);
    const { after, event } = decision;
    // Read in this same serializable write, so nobody can have changed it in between.
    if (!(await updateFlag(tx, before, after))) throw new Error('a flag changed within a write');
    const who = { at: now, actorId: app.actor.staffId, ticket: app.ticket };
    const reason = event === 'assigned' ? null : after.reason;
    await insertFlagEvents(tx, [
      { ...who, id: app.newId('fev'), flagId, kind: event, reason, detail },
    ]);
    await appendAudit(tx, {
      ...who,
      id: app.newId('aud'),
      kind: `flag.${event}`,
      customerId: after.customerId,
      subject: `flag:${flagId}`,
      requestId: app.requestId ?? null,
      detail: { ...detail, rule: after.rule, about: after.subject, reason },
    });
    return { ok: true, flag: after };
  });

/** Whether the last thing that happened to the flag is that this person said just this. */
async function hasReason(
  tx: Tx,
  { actor }: FlagDecider,
  flagId: string,
  { event, reason, detail }: { event: FlagEventKind; reason: string | null; detail: Facts },
): Promise<boolean> {
  const last = (await historyOfFlag(tx, flagId)).at(-1);
  return (
    last?.actorId === actor.staffId &&
    last.kind === event &&
    last.reason === reason &&
    canonicalJson(last.detail ?? {}) === canonicalJson(detail)
  );
}

const refused = (refusal: FlagRefusal): FlagResult => ({ ok: false, refusal });

/** Gives a flag to an agent, a lead or finance, or (null) to nobody; leads only. */
export const assignFlag = async (
  app: FlagDecider,
  { assigneeId, ...seen }: ShownFlag & { assigneeId: string | null },
): Promise<FlagResult> =>
  decideFlag(
    app,
    seen,
    async (flag, ask, tx) => {
      if (assigneeId === null) return assign(flag, { ...ask, assignee: null });
      const person = await findStaff(tx, assigneeId);
      if (!person) return refuse('bad_assignee', 'There is nobody with that id.');
      const { id, role, disabledAt } = person;
      return assign(flag, { ...ask, assignee: { id, role, disabled: disabledAt !== null } });
    },
    { event: 'assigned', reason: null, detail: { assigneeId } },
  );

/** Puts a flag aside until its figures or evidence change; agents and finance: low flags only. */
export const dismissFlag = async (
  app: FlagDecider,
  { reason, ...seen }: ShownFlag & { reason: string },
): Promise<FlagResult> =>
  decideFlag(app, seen, async (flag, ask) => dismiss(flag, { ...ask, reason }), {
    ...{ event: 'dismissed', reason: reason.trim(), detail: {} },
  });

/** Puts a flag aside until an instant within the next 90 days; leads only. */
export const snoozeFlag = async (
  app: FlagDecider,
  { until, reason, ...seen }: ShownFlag & { until: Instant; reason: string },
): Promise<FlagResult> => {
  const detail: Facts = Number.isFinite(until) ? { until: toIso(until) } : {};
  return decideFlag(app, seen, async (flag, ask) => snooze(flag, { ...ask, until, reason }), {
    event: 'snoozed',
    reason: reason.trim(),
    detail,
  });
};
