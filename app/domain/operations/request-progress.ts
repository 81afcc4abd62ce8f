import type { RequestEvent } from '#app/domain/requests/state-machine.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import type { RequestState } from '#app/domain/requests/request.ts';

/** What follows for a request from the states of its steps. */
export interface Progress {
  /** Null: it stays where it is. */
  event: RequestEvent | null;
  /** What did not work although the request as a whole did, in words. */
  remark: string | null;
  makeReady: Operation | null;
  cancel: Operation | null;
  /** Credits that were taken for a refund that came back: to be returned by a step of its own. */
  compensate: Operation | null;
}

const NOTHING: Progress = {
  event: null,
  remark: null,
  makeReady: null,
  cancel: null,
  compensate: null,
};

const why = (operation: Operation, otherwise: string): string => operation.error ?? otherwise;

/** Only steps that a request can take from where it is; a second look changes nothing. */
const eventFor = (state: RequestState, event: RequestEvent): RequestEvent | null => {
  const from: Partial<Record<RequestEvent['kind'], readonly RequestState[]>> = {
    succeeded: ['sending', 'needs_review'],
    failed: ['sending', 'succeeded', 'needs_review'],
    needs_review: ['sending'],
  };
  return from[event.kind]?.includes(state) === true ? event : null;
};

/** Pure. `operations`: all steps of the request, whatever became of them. */
export function progressOf(state: RequestState, operations: readonly Operation[]): Progress {
  const [main, takeBack, compensation] = operations
    .filter((step) => step.state !== 'canceled')
    .toSorted((a, b) => a.ordinal - b.ordinal);
  if (!main) return NOTHING;
  if (main.state === 'failed') {
    return {
      ...NOTHING,
      ...unwind(takeBack, compensation),
      event: eventFor(state, { kind: 'failed', reason: why(main, 'Refused.') }),
    };
  }
  const inReview = [main, takeBack].find((step) => step?.state === 'needs_review');
  if (inReview) {
    const reason = why(inReview, 'Outcome unknown.');
    return { ...NOTHING, event: eventFor(state, { kind: 'needs_review', reason }) };
  }
  if (main.state !== 'succeeded') return NOTHING;
  if (takeBack?.state === 'waiting') return { ...NOTHING, makeReady: takeBack };
  if (takeBack?.state === 'ready' || takeBack?.state === 'sending') return NOTHING;
  return {
    ...NOTHING,
    event: eventFor(state, { kind: 'succeeded' }),
    remark:
      takeBack?.state === 'failed'
        ? `Refunded; the credits could not be taken back: ${why(takeBack, 'refused')}`
        : null,
  };
}

/** A refund that came to nothing takes no credits, and returns those that were taken. */
function unwind(
  takeBack: Operation | undefined,
  compensation: Operation | undefined,
): Partial<Progress> {
  if (!takeBack) return {};
  if (takeBack.state === 'waiting' || (takeBack.state === 'ready' && takeBack.firstSentAt === null))
    return { cancel: takeBack };
  return takeBack.state === 'succeeded' && !compensation ? { compensate: takeBack } : {};
}
