import type { OtherRemedy } from '#app/domain/remedies/other-remedies.ts';
import { isClosed } from '#app/domain/requests/state-machine.ts';
import type { NamingRequest, StepOfRemedy } from '#db/queries/requests/record-remedies.ts';

const OVER: readonly StepOfRemedy['state'][] = ['succeeded', 'failed', 'canceled'];

/**
 * What the other requests of a record are about to do: what of them has been done stands in the book.
 * @param atStripe steps whose refunds Stripe shows: its own figure counts them.
 */
export function loadOpenRemedies(
  {
    requests,
    steps,
    exceptId,
  }: {
    requests: readonly NamingRequest[];
    steps: readonly StepOfRemedy[];
    exceptId: string | null;
  },
  atStripe: ReadonlySet<string>,
): OtherRemedy[] {
  return requests.flatMap((request) => {
    if (request.id === exceptId) return [];
    const own = steps.filter(({ requestId }) => requestId === request.id);
    const other = isClosed(request.state) ? leftOver(request, own) : about(request, own, atStripe);
    return other.refund + other.gives + other.takes > 0 ? [other] : [];
  });
}

/** Of a request that is open. A step canceled by a change says nothing of what is asked now. */
function about(
  { id, state, content }: NamingRequest,
  steps: readonly StepOfRemedy[],
  atStripe: ReadonlySet<string>,
): OtherRemedy {
  const nothing = { requestId: id, state, refund: 0, gives: 0, takes: 0 };
  if (content.kind === 'generation_hold') return nothing;
  if (content.kind === 'credit_adjustment') {
    const done = steps.some((step) => step.state === 'succeeded');
    const credits = done ? 0 : content.credits;
    return { ...nothing, gives: Math.max(0, credits), takes: Math.max(0, -credits) };
  }
  const refunded = steps.some(
    (step) =>
      step.kind === 'stripe_refund' && (step.state === 'succeeded' || atStripe.has(step.id)),
  );
  const takesBack = steps.filter(({ credits }) => (credits ?? 0) < 0);
  const taken = takesBack.some((step) => step.state === 'succeeded' || step.state === 'failed');
  return {
    ...nothing,
    refund: refunded ? 0 : content.amount,
    takes: taken ? 0 : content.takeBack,
  };
}

/** Of a request that has ended: credits taken for a refund that came back are on their way home. */
function leftOver({ id, state }: NamingRequest, steps: readonly StepOfRemedy[]): OtherRemedy {
  const open = steps
    .filter((step) => step.kind === 'credit_adjustment' && !OVER.includes(step.state))
    .map(({ credits }) => credits ?? 0);
  const nothing = { requestId: id, state, refund: 0 };
  return {
    ...nothing,
    gives: open.reduce((sum, credits) => sum + Math.max(0, credits), 0),
    takes: open.reduce((sum, credits) => sum + Math.max(0, -credits), 0),
  };
}
