import { may } from '#app/domain/access/roles.ts';
import type { Role } from '#app/domain/access/roles.ts';

/*
 * Whether those who are there can still decide a request. Nobody gets more rights where they cannot: it is
 * said early, and two people may break the glass.
 */

/** One way in which somebody who is there could say yes. */
export interface Candidate {
  /** Two sign-ins of one person are one. */
  person: string;
  yes: 'approve' | 'vouch';
  /** Whose right it is: the own, or that of whoever lent it. */
  principal: string;
}

export interface MissingApprovals {
  /** Approvals by different people that are still to come. */
  approvals: number;
  /** A lead's word is still to come. */
  word: boolean;
}

export interface CoverageGap {
  /** `short`: it cannot be decided. `last`: it can, if nobody of those who are there leaves. */
  kind: 'short' | 'last';
  /** How many approvals those who are there could give. */
  able: number;
  words: string;
}

/**
 * The most approvals that can be given: one a person, and one a right.
 * @internal
 */
export function maxApprovals(candidates: readonly Candidate[]): number {
  const rightsOf = new Map<string, string[]>();
  for (const { person, principal, yes } of candidates)
    if (yes === 'approve') rightsOf.set(person, [...(rightsOf.get(person) ?? []), principal]);
  const givenBy = new Map<string, string>();
  /** Finds a right for a person, moving others to another right where that helps. */
  const place = (person: string, tried: Set<string>): boolean =>
    (rightsOf.get(person) ?? []).some((right) => {
      if (tried.has(right)) return false;
      tried.add(right);
      const holder = givenBy.get(right);
      if (holder !== undefined && !place(holder, tried)) return false;
      givenBy.set(right, person);
      return true;
    });
  return [...rightsOf.keys()].filter((person) => place(person, new Set())).length;
}

/** Null: there are more than enough. Pure. */
export function coverageGap(
  missing: MissingApprovals,
  candidates: readonly Candidate[],
): CoverageGap | null {
  const able = maxApprovals(candidates);
  const vouchers = new Set(
    candidates.filter(({ yes }) => yes === 'vouch').map(({ person }) => person),
  ).size;
  const noWord = missing.word && vouchers === 0;
  if (able < missing.approvals || noWord) {
    const lacks = [
      ...(able < missing.approvals ? [peopleOf(missing.approvals, able)] : []),
      ...(noWord ? ['no lead is available to approve'] : []),
    ];
    return { kind: 'short', able, words: `No available approver: ${lacks.join(', and ')}.` };
  }
  const last = able === missing.approvals || (missing.word && vouchers === 1);
  return last && missing.approvals > 1
    ? { kind: 'last', able, words: 'Just enough approvers are available.' }
    : null;
}

const peopleOf = (needed: number, able: number): string =>
  `it needs ${needed} more ${needed === 1 ? 'person' : 'people'} with the right, and ` +
  `${able === 0 ? 'none' : able} of those who are there may`;

/** What somebody of this role decides by their own right, in words; null: nothing. */
export function describeDuties(role: Role): string | null {
  const decides = [
    ...(may(role, 'requests.decide-refund') ? ['refunds'] : []),
    ...(may(role, 'requests.decide-credits') ? ['credits'] : []),
  ].join(' and ');
  const vouches = may(role, 'requests.vouch') ? 'approves refunds as lead' : '';
  const all = [decides, vouches].filter(Boolean).join(', ');
  return all === '' ? null : all;
}
