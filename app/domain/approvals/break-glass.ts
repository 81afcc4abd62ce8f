import { isSamePerson } from '#app/domain/approvals/segregation-of-duties.ts';
import type { MayDecide, Person } from '#app/domain/approvals/segregation-of-duties.ts';
import type { CoverageGap } from '#app/domain/approvals/approver-coverage.ts';
import { may } from '#app/domain/access/roles.ts';
import type { Actor } from '#app/domain/access/roles.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';

/** So many different people break the glass before anything moves. */
export const BREAK_GLASS_APPROVERS = 2;

const no = (why: string): MayDecide => ({ kind: 'no', why });

/**
 * Whether somebody may break the glass on a request: only where it cannot be decided otherwise, and only
 * who has neither asked for it nor changed it, once. Whoever is on leave does not: nobody makes the shortage
 * by leaving and then breaks the glass that stands for it.
 * @param brokenBy who has broken it already, on its present revision.
 */
export function mayBreakGlass(
  actor: Actor & { away: boolean },
  shortage: CoverageGap | null,
  touchedBy: readonly Person[],
  brokenBy: readonly Person[],
): MayDecide {
  if (!may(actor.role, 'requests.break-glass'))
    return no('Your role can’t use emergency approval.');
  if (shortage?.kind !== 'short') {
    return no('An approver is available, so emergency approval isn’t allowed.');
  }
  if (actor.away) return no('You are out of office. Return first.');
  if (touchedBy.some((person) => isSamePerson(person, actor))) {
    return no('You requested or edited this, so others must confirm it.');
  }
  if (brokenBy.some((person) => isSamePerson(person, actor))) {
    return no('You already confirmed. Another person must confirm too.');
  }
  return { kind: 'yes' };
}

/** Shorter than that nobody can judge it by later. */
const SHORTEST_REASON = 10;

/** What is wrong with the reason; null: nothing. */
export function breakGlassReasonError(reason: string): string | null {
  const { length } = reason.trim();
  return length < SHORTEST_REASON || length > LONGEST_REASON
    ? `Say why this can’t wait, in ${SHORTEST_REASON} to ${LONGEST_REASON} characters.`
    : null;
}
