import type { Charge, Metadata, Refund } from '#scripts/sandbox/stripe/entities.ts';
import { emit } from '#scripts/sandbox/stripe/events.ts';
import type { RefundFate, World } from '#scripts/sandbox/stripe/world.ts';
const HOUR = 3_600;
const DAY = 24 * HOUR;

type Cause = { id: string; key: string | null } | null;

const NORMAL: RefundFate = { status: 'succeeded', later: null };

/** Makes a refund, whatever the ceilings: whoever may not go above them asks first. */
export const makeRefund = (
  world: World,
  charge: Charge,
  what: { amount: number; reason: string | null; metadata: Metadata },
  cause: Cause = null,
): Refund => {
  const fate = world.nextFate ?? world.fates.get(charge.id) ?? NORMAL;
  world.nextFate = null;
  const now = world.seconds();
  const young = now - (charge.capturedAt ?? charge.created) < DAY;
  const changed = world.change('charge', charge, {
    amountRefunded:
      charge.amountRefunded + (world.careless.has('frozen_figures') ? 0 : what.amount),
  });
  const row = world.put('refund', {
    id: world.newId('re'),
    created: now,
    charge: charge.id,
    currency: charge.currency,
    ...what,
    status: fate.status,
    pendingReason:
      fate.status === 'pending'
        ? fate.pendingReason === undefined
          ? 'processing'
          : fate.pendingReason
        : null,
    failureReason: null,
    move: young ? 'reversal' : 'refund',
    reference: null,
    due: fate.later
      ? { at: now + world.refundsEndAfter[fate.later], becomes: fate.later }
      : { at: now + DAY, becomes: 'referenced' },
  });
  emit(world, 'refund.created', { kind: 'refund', row }, cause);
  const previous = { amount_refunded: charge.amountRefunded };
  emit(world, 'charge.refunded', { kind: 'charge', row: changed, previous }, cause);
  return row;
};

/** A refund whose status changes. A failed or canceled one gives its amount back to the charge. */
export const settleRefund = (
  world: World,
  refund: Refund,
  end: { status: Refund['status']; failureReason?: string },
  cause: Cause = null,
): Refund => {
  const released = end.status === 'failed' || end.status === 'canceled';
  const was = refund.status === 'failed' || refund.status === 'canceled';
  const charge = world.get('charge', refund.charge);
  if (released && !was && charge)
    world.change('charge', charge, { amountRefunded: charge.amountRefunded - refund.amount });
  const row = world.change('refund', refund, {
    status: end.status,
    pendingReason: null,
    failureReason: end.status === 'failed' ? (end.failureReason ?? 'lost_or_stolen_card') : null,
    due: null,
  });
  const previous = { status: refund.status };
  emit(world, 'refund.updated', { kind: 'refund', row, previous }, cause);
  if (end.status === 'failed')
    emit(world, 'refund.failed', { kind: 'refund', row, previous }, cause);
  return row;
};

/** Carries out what has come due by the account's clock: ends of refunds, references, authorisations. */
export const settleDue = (world: World): void => {
  const now = world.seconds();
  for (const refund of world.all('refund')) {
    if (refund.due === null || refund.due.at > now) continue;
    if (refund.due.becomes !== 'referenced')
      settleRefund(world, refund, { status: refund.due.becomes });
    else if (refund.move === 'refund' && refund.status === 'succeeded') {
      const row = world.change('refund', refund, {
        reference: world.newId('').slice(1, 24).toUpperCase(),
        due: null,
      });
      emit(world, 'refund.updated', { kind: 'refund', row });
    } else world.change('refund', refund, { due: null });
  }
};
