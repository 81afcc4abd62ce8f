import { faultsOfLoan } from '#app/domain/requests/delegation.ts';
import type { Delegation, Member } from '#app/domain/requests/delegation.ts';
import { conflict, forbidden, invalid } from '#app/domain/requests/refusal.ts';
import type { Refused } from '#app/domain/requests/refusal.ts';
import { toIso } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { allowedInWrite } from '#app/services/money/person-in-write.ts';
import { appendAudit } from '#db/queries/audit-events.ts';
import { delegationByForm, delegationsSince, insertDelegation } from '#db/queries/delegations.ts';
import { findStaff } from '#db/queries/staff.ts';
import type { StaffRow } from '#db/queries/staff.ts';
import type { Tx } from '#db/store.ts';

export interface Lending {
  delegateId: string;
  startsAt: Instant;
  /** The instant itself is too late; at most 30 days after `startsAt`. */
  endsAt: Instant;
  reason: string;
  /** Of the opened form: sent again, it is answered with what it has lent. */
  formKey?: string;
}
export type LendingAnswer =
  /** `repeated`: it was lent by the same form before; nothing was done now. */
  { ok: true; delegation: Delegation; repeated: boolean } | Refused;

const MOST = 500;

const memberOf = ({ id, email, role, disabledAt }: StaffRow): Member => ({
  ...{ staffId: id, email, role },
  disabled: disabledAt !== null,
});

/** Lends the right to decide that the person has, whatever it is at the moment of each decision. */
export const delegateDecisions = async (
  app: StaffDeps & { requestId?: string },
  lending: Lending,
): Promise<LendingAnswer> =>
  app.store.write(async (tx) => {
    const person = await allowedInWrite(tx, app.actor, 'requests.lend');
    if (person === null) return forbidden('You have no right to decide that you could lend.');
    const before = await lentByForm(tx, person.staffId, lending.formKey);
    if (before !== null) return repeatedOr(before, lending);
    const now = app.now();
    const row = await findStaff(tx, lending.delegateId);
    const delegate = row && memberOf(row);
    const faults = faultsOfLoan({ ...person, disabled: false }, delegate, lending, now);
    if (Object.keys(faults).length > 0) return invalid(faults);
    if (await isLentAlready(tx, person.staffId, lending, now)) {
      return conflict('This right is lent to them for that time already.');
    }
    const delegation: Delegation = {
      ...{ id: app.newId('del'), delegatorId: person.staffId, delegateId: lending.delegateId },
      ...{ startsAt: lending.startsAt, endsAt: lending.endsAt, reason: lending.reason.trim() },
      ...{ createdAt: now, endedAt: null, endedBy: null },
    };
    await insertDelegation(tx, { ...delegation, formKey: lending.formKey ?? null });
    await appendAudit(tx, {
      ...{ id: app.newId('aud'), at: now, kind: 'delegation.begun', actorId: person.staffId },
      ...{ subject: `delegation:${delegation.id}`, ticket: app.ticket },
      requestId: app.requestId ?? null,
      detail: {
        ...{ to: delegation.delegateId, from: toIso(delegation.startsAt) },
        ...{ until: toIso(delegation.endsAt), reason: delegation.reason },
      },
    });
    return { ok: true, delegation, repeated: false };
  });

const lentByForm = async (
  tx: Tx,
  delegatorId: string,
  formKey: string | undefined,
): Promise<Delegation | null> =>
  formKey === undefined ? null : delegationByForm(tx, { delegatorId, formKey });

/** When it begins is not compared: left out, it means at once, which was another moment. */
const repeatedOr = (before: Delegation, { delegateId, endsAt, reason }: Lending): LendingAnswer =>
  before.delegateId === delegateId && before.endsAt === endsAt && before.reason === reason.trim()
    ? { ok: true, delegation: before, repeated: true }
    : conflict('This form has lent your right before, in another way: see the list.');

const isLentAlready = async (
  tx: Tx,
  delegatorId: string,
  { delegateId, startsAt, endsAt }: Lending,
  now: Instant,
): Promise<boolean> =>
  (await delegationsSince(tx, now, MOST)).some(
    (one) =>
      one.delegatorId === delegatorId &&
      one.delegateId === delegateId &&
      one.endedAt === null &&
      one.startsAt < endsAt &&
      startsAt < one.endsAt,
  );
