import type { RequestRefusal } from '#app/domain/requests/errors.ts';

/** What came of a form that was sent. Each outcome is an answer: the page stays, with all that was typed. */
export interface Sent<T> {
  /** What our own address has answered; null: it did not do what it was asked for. */
  answer: T | null;
  refusal: RequestRefusal | null;
  /** Why there is no answer that counts: signed out, no connection, too many at once. */
  trouble: string | null;
}

const SIGNED_OUT =
  'You are signed out. Sign in again in another tab, then send this again. Nothing you typed is lost.';
const UNFIT = 'This form is out of date. Open it again.';
/** Told where it is not known whether a form arrived, and sending it again can do no harm. */
const LOST = 'The connection was lost. Send it again: nothing is done twice.';

/** What is not done, as our own addresses say it. */
interface Said {
  refused?: RequestRefusal;
  fields?: Record<string, string>;
  message?: string;
}

const unfit = (fields: Record<string, string>): RequestRefusal => ({
  ...{ refused: 'invalid', fields },
  says: fields['reason'] === undefined ? UNFIT : `Reason: ${fields['reason']}.`,
});

/** Milliseconds after which nobody waits for an answer any more; the server gives up after half of it. */
const LONGEST = 60_000;

export interface SendOptions {
  /** What is said where nobody knows whether it arrived. */
  lost?: string;
  signal?: AbortSignal;
  /** What an answer holds that counts as one even where it says that nothing was done. */
  answers?: string;
}

/** Posts the text of a form; rejects only where it was stopped by the signal. */
export async function postForm<T extends object>(
  path: string,
  form: string,
  { lost = LOST, signal, answers }: SendOptions = {},
): Promise<Sent<T>> {
  const none = { answer: null, refusal: null, trouble: null };
  try {
    const answer = await fetch(path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { Accept: 'application/json' },
      signal: AbortSignal.any([AbortSignal.timeout(LONGEST), ...(signal ? [signal] : [])]),
    });
    // Read and checked by the server that sent it.
    const said = (await answer.json()) as T & Said;
    if (answer.status === 401 && !said.refused) return { ...none, trouble: SIGNED_OUT };
    const counts = answers !== undefined && answers in said;
    if (answer.ok || counts) return { ...none, answer: said };
    const { refused, fields, message } = said;
    if (refused) return { ...none, refusal: refused };
    if (fields) return { ...none, refusal: unfit(fields) };
    return { ...none, trouble: message ?? lost };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { ...none, trouble: lost };
  }
}
