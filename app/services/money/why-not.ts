import type { Instant } from '#app/domain/instant.ts';
import { step } from '#app/domain/requests/life.ts';
import { may } from '#app/domain/roles.ts';
import type { Actor } from '#app/domain/roles.ts';
import type { StoredRequest } from '#db/queries/requests.ts';

/** Why a person cannot change a request now, in words; null: they can. */
export function whyNotEdit(request: StoredRequest, { role }: Actor, now: Instant): string | null {
  if (!may(role, 'requests.ask')) return 'Your role does not change requests.';
  const next = step(request, { kind: 'edited' }, now);
  return next.kind === 'refused' ? next.why : null;
}

/** Why a person cannot take a request back now, in words; null: they can. */
export function whyNotWithdraw(
  request: StoredRequest,
  { role, staffId }: Actor,
  now: Instant,
): string | null {
  if (!may(role, 'requests.ask') || request.requestedBy !== staffId) {
    return 'Only the person who asked for it takes it back.';
  }
  const next = step(request, { kind: 'withdrawn', reason: '' }, now);
  return next.kind === 'refused' ? next.why : null;
}
