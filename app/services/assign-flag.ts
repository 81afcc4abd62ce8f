import { assign, refuse } from '#app/domain/flags/decisions.ts';
import { decideFlag } from '#app/services/decide-flag.ts';
import type { FlagAnswer, FlagDecider, SeenFlag } from '#app/services/decide-flag.ts';
import { findStaff } from '#db/queries/staff.ts';

/** Gives a flag to an agent, a lead or finance, or (null) to nobody; leads only. */
export const assignFlag = async (
  app: FlagDecider,
  { assigneeId, ...seen }: SeenFlag & { assigneeId: string | null },
): Promise<FlagAnswer> =>
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
