import type { RequestRefusal } from '#app/domain/requests/errors.ts';
import type { RequestState } from '#app/domain/requests/request.ts';
import { usePostForm } from '#app/pages/shared/use-post-form.ts';

interface Made {
  requestId: string;
  state: RequestState;
  verdict: string;
  /** It had been asked for before, by this form. */
  repeated: boolean;
}

interface Answer {
  /** The request that was made. */
  made: Made | null;
  refusal: RequestRefusal | null;
  /** Why there is no answer that counts: signed out, no connection. */
  trouble: string | null;
  /** The text of the form that this answers. */
  form: string;
}

export interface SubmitRemedyState {
  send: (form: string) => void;
  sending: boolean;
  /** Null: nothing was sent, or it is still under way. */
  answer: Answer | null;
}

/** What was asked for may be done by now: the same form is answered with it. */
const LOST = 'The connection was lost. Send it again: it will be requested only once.';

/** Asks for a remedy once: after it was taken nothing more is sent. */
export function useSubmitRemedy(path: string): SubmitRemedyState {
  const { send, sending, sent } = usePostForm<{ asked: Made }>({
    ...{ once: true, keyed: true, lost: LOST },
  });
  const answer = sent === null ? null : { ...sent, made: sent.answer?.asked ?? null };
  return { send: (form) => send(path, form), sending, answer };
}
