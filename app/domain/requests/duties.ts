import { may } from '#app/domain/roles.ts';
import type { Role } from '#app/domain/roles.ts';

/** What somebody of this role decides by their own right, in words; null: nothing. */
export function sayDuties(role: Role): string | null {
  const decides = [
    ...(may(role, 'requests.decide-refund') ? ['refunds'] : []),
    ...(may(role, 'requests.decide-credits') ? ['credits'] : []),
  ].join(' and ');
  const vouches = may(role, 'requests.vouch') ? 'vouches for refunds' : '';
  const all = [decides, vouches].filter(Boolean).join(', ');
  return all === '' ? null : all;
}
