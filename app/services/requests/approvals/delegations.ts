import {
  LONGEST_DELEGATION,
  validateDelegation,
  isInForce,
} from '#app/domain/approvals/delegation.ts';
import type { Delegation, Member } from '#app/domain/approvals/delegation.ts';
import { conflict, forbidden, invalid, notFound } from '#app/domain/requests/errors.ts';
import type { Refused } from '#app/domain/requests/errors.ts';
import { DAY, toIso } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { authorizeInTx, reloadActor } from '#app/services/access/authorize-in-tx.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import {
  closeDelegation,
  delegationByForm,
  delegationsSince,
  findDelegation,
  insertDelegation,
} from '#db/queries/requests/delegations.ts';
import { findStaff, listStaff } from '#db/queries/access/staff.ts';
import type { StaffRow } from '#db/queries/access/staff.ts';
import type { Tx } from '#db/store.ts';
import { formatAgo } from '#app/domain/time/format-time.ts';
import { may } from '#app/domain/access/roles.ts';
import type { Actor } from '#app/domain/access/roles.ts';

export interface DelegationInput {
  delegateId: string;
  startsAt: Instant;
  /** The instant itself is too late; at most 30 days after `startsAt`. */
  endsAt: Instant;
  reason: string;
  /** Of the opened form: sent again, it is answered with what it has lent. */
  formKey?: string;
}
export type DelegationResult =
  /** `repeated`: it was lent by the same form before; nothing was done now. */
  { ok: true; delegation: Delegation; repeated: boolean } | Refused;

const MOST = 500;

const memberOf = ({ id, email, role, disabledAt }: StaffRow): Member => ({
  ...{ staffId: id, email, role },
  disabled: disabledAt !== null,
});

/** Lends the right to decide that the person has, whatever it is at the moment of each decision. */
export const createDelegation = async (
  app: StaffDeps & { requestId?: string },
  lending: DelegationInput,
): Promise<DelegationResult> =>
  app.store.write(async (tx) => {
    const person = await authorizeInTx(tx, app.actor, 'requests.lend');
    if (person === null) return forbidden('You have no approvals to delegate.');
    const before = await delegationOfForm(tx, person.staffId, lending.formKey);
    if (before !== null) return repeatedOr(before, lending);
    const now = app.now();
    const row = await findStaff(tx, lending.delegateId);
    const delegate = row && memberOf(row);
    const faults = validateDelegation({ ...person, disabled: false }, delegate, lending, now);
    if (Object.keys(faults).length > 0) return invalid(faults);
    if (await isDelegatedAlready(tx, person.staffId, lending, now)) {
      return conflict('You already delegate to them for that time.');
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

const delegationOfForm = async (
  tx: Tx,
  delegatorId: string,
  formKey: string | undefined,
): Promise<Delegation | null> =>
  formKey === undefined ? null : delegationByForm(tx, { delegatorId, formKey });

/** When it begins is not compared: left out, it means at once, which was another moment. */
const repeatedOr = (
  before: Delegation,
  { delegateId, endsAt, reason }: DelegationInput,
): DelegationResult =>
  before.delegateId === delegateId && before.endsAt === endsAt && before.reason === reason.trim()
    ? { ok: true, delegation: before, repeated: true }
    : conflict('This form was already sent with other values. See the list.');

const isDelegatedAlready = async (
  tx: Tx,
  delegatorId: string,
  { delegateId, startsAt, endsAt }: DelegationInput,
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

export type EndDelegationResult = { ok: true; repeated: boolean } | Refused;

/** Ends a lent right at once: by whoever lent it, whoever has it, or somebody who oversees such loans. */
export const endDelegation = async (
  app: StaffDeps & { requestId?: string },
  delegationId: string,
): Promise<EndDelegationResult> =>
  app.store.write(async (tx) => {
    const found = await findDelegation(tx, delegationId);
    if (found === null) return notFound('Delegation not found.');
    const person = await reloadActor(tx, app.actor);
    const isOne = person !== null && [found.delegatorId, found.delegateId].includes(person.staffId);
    if (person === null || !(isOne || may(person.role, 'requests.end-loans'))) {
      return forbidden('You can’t end this delegation.');
    }
    if (found.endedBy === person.staffId) return { ok: true, repeated: true };
    const now = app.now();
    if (found.endedAt !== null) return conflict(await endedMessage(tx, found, now));
    const ended = { endedAt: now, endedBy: person.staffId };
    if (found.endsAt <= now || !(await closeDelegation(tx, delegationId, ended))) {
      return conflict('It has already ended.');
    }
    await appendAudit(tx, {
      ...{ id: app.newId('aud'), at: now, kind: 'delegation.ended', actorId: person.staffId },
      ...{ subject: `delegation:${delegationId}`, ticket: app.ticket },
      requestId: app.requestId ?? null,
      detail: { from: found.delegatorId, to: found.delegateId },
    });
    return { ok: true, repeated: false };
  });

async function endedMessage(
  tx: Tx,
  { endedBy, endedAt }: Delegation,
  now: Instant,
): Promise<string> {
  const who = endedBy === null ? null : await findStaff(tx, endedBy);
  return `It was already ended by ${who?.name ?? 'somebody else'}, ${formatAgo(endedAt ?? now, now)}.`;
}

export interface DelegationLine extends Delegation {
  delegatorName: string;
  delegateName: string;
  state: 'to_come' | 'in_force' | 'ended';
  /** Null: this person may end it now; else why not. */
  whyNotEnd: string | null;
}
export interface Delegations {
  now: Instant;
  /** To come, in force, or ended within the last 30 days; the latest end first. */
  rows: DelegationLine[];
  /** Null: this person may lend; else why not. */
  whyNotLend: string | null;
  /** To whom they may lend. */
  borrowers: { id: string; name: string }[];
  /** Milliseconds that a loan may last. */
  longest: number;
}

const SHOWN = 30 * DAY;
const MOST_LISTED = 200;

/** Who has lent the right to decide to whom. Writes nothing. */
export const loadDelegations = async (app: StaffDeps): Promise<Delegations> => {
  const { read } = app.store;
  const { actor } = app;
  const now = app.now();
  const staff = await listStaff(read);
  const names = new Map(staff.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const rows = (await delegationsSince(read, now - SHOWN, MOST_LISTED)).map((one) => ({
    ...one,
    ...{ delegatorName: nameOf(one.delegatorId), delegateName: nameOf(one.delegateId) },
    state: stateOf(one, now),
    whyNotEnd: endDisabledReason(one, actor, now),
  }));
  const lends = may(actor.role, 'requests.lend');
  const borrowers = staff.filter(
    ({ id, role, disabledAt }) =>
      disabledAt === null && id !== actor.staffId && may(role, 'requests.ask'),
  );
  return {
    ...{ now, rows, longest: LONGEST_DELEGATION },
    whyNotLend: lends ? null : 'Your role has no approvals to delegate.',
    borrowers: lends ? borrowers.map(({ id, name }) => ({ id, name })) : [],
  };
};

const stateOf = (one: Delegation, now: Instant): DelegationLine['state'] => {
  if (isInForce(one, now)) return 'in_force';
  return one.endedAt === null && one.startsAt > now ? 'to_come' : 'ended';
};

function endDisabledReason(one: Delegation, { staffId, role }: Actor, now: Instant): string | null {
  if (stateOf(one, now) === 'ended') return 'It has ended.';
  const isOne = staffId === one.delegatorId || staffId === one.delegateId;
  return isOne || may(role, 'requests.end-loans') ? null : 'You can’t end this delegation.';
}
