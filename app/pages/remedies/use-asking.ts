import { useRevalidator } from '@remix-run/react';
import { useRef, useState } from 'react';
import type { RequestRefusal } from '#app/domain/requests/refusal.ts';

interface Answer {
  /** The request that was made. */
  made: { requestId: string; state: string; verdict: string } | null;
  refusal: RequestRefusal | null;
  /** Why there is no answer that counts: signed out, no connection. */
  trouble: string | null;
  /** The text of the form that this answers. */
  form: string;
}

export interface Asking {
  send: (form: string) => void;
  sending: boolean;
  /** Null: nothing was sent, or it is still under way. */
  answer: Answer | null;
}

const UNFIT = 'The form does not fit: close it and open it again.';
const LOST =
  'The connection broke. Look above whether the request stands there; if not, ask again.';

/** What our own address for asking answers. */
interface Said {
  asked?: Answer['made'];
  refused?: RequestRefusal;
  fields?: Record<string, string>;
  message?: string;
}

async function ask(path: string, form: string): Promise<Answer> {
  const none = { form, made: null, refusal: null, trouble: null };
  const answer = await fetch(path, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { Accept: 'application/json' },
  });
  if (answer.status === 401) return { ...none, trouble: 'You are signed out.' };
  // Read and checked by the server that sent it.
  const { asked, refused, fields, message } = (await answer.json()) as Said;
  if (asked) return { ...none, made: asked };
  if (refused) return { ...none, refusal: refused };
  if (fields) return { ...none, refusal: { refused: 'invalid', says: UNFIT, fields } };
  return { ...none, trouble: message ?? LOST };
}

/**
 * Sends the form once: a second click while it is under way, or after it was taken, does nothing. What
 * goes wrong is an answer as well: the page stays, with all that was typed.
 */
export function useAsking(path: string): Asking {
  const { revalidate } = useRevalidator();
  const [sending, setSending] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  // Two clicks may fall into one rendering, which knows of neither.
  const busy = useRef(false);
  const take = (given: Answer): void => {
    busy.current = given.made !== null;
    setSending(false);
    setAnswer(given);
    // Also of a refusal: what stands in the way is news to this page.
    revalidate();
  };
  const send = (form: string): void => {
    if (busy.current) return;
    busy.current = true;
    setSending(true);
    ask(path, form).then(take, () => take({ form, made: null, refusal: null, trouble: LOST }));
  };
  return { send, sending, answer };
}
